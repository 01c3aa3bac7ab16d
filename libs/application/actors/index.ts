export * from './actors.js';
export * from './aggregate.js';
export * from './command.js';
