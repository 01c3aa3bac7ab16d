export * from './create-schedule.js';
export type { Creation, CreationAnswer } from './create-schedules.js';
