export * from './create-schedule.js';
export type { Creation, CreationAnswer } from './create-schedules.js';
export { idFor } from './id-for.js';
