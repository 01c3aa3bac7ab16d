export * from './parking.js';
