export * from './scenario.js';
export * from './schedules.js';
