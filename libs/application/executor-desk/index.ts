export * from './executor-desk.js';
