/** Takes messages out of the house: over HTTP, or into a product's own webhook system. */ export { };

//# sourceMappingURL=webhook-sender.js.map