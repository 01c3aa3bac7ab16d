export { };

//# sourceMappingURL=webhook.js.map