export * from './why-not-resumed.js';

//# sourceMappingURL=index.js.map