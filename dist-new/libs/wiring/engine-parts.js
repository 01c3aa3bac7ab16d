/** Who counts, and says, what goes wrong. */ export { };

//# sourceMappingURL=engine-parts.js.map