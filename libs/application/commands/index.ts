export * from './create-schedule.js';
export type { Creation, CreationAnswer } from './create-schedules.js';
export * from './handlers.js';
export * from './messages.js';
