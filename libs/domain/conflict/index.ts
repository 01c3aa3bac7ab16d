export * from './conflict.js';
