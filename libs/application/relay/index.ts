export * from './give-way.js';
export * from './relay.js';
