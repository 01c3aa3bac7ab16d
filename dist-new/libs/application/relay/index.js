export * from './give-way.js';
export * from './relay.js';

//# sourceMappingURL=index.js.map