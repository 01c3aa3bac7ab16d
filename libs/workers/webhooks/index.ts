export * from './http-sender.js';
export * from './secrets.js';
