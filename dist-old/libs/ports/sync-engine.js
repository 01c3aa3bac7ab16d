/** Does the work: our connectors, or the product's own sync manager. */ export { };

//# sourceMappingURL=sync-engine.js.map