export { };

//# sourceMappingURL=manifest.js.map