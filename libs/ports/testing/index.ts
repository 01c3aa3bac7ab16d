export * from './still-time.js';
export * from './virtual-time.js';
