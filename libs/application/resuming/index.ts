export * from './why-not-resumed.js';
