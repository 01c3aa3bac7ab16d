export * from './create-schedule.js';
export * from './handlers.js';
export * from './messages.js';
