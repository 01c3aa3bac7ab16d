export * from './schedule-validation.js';
