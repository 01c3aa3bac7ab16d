export * from './connection.js';
export * from './decide.js';
