export { };

//# sourceMappingURL=work.js.map