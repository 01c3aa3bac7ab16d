export * from './create-schedule.js';
export { isReused, type Creation, type CreationAnswer } from './create-schedules.js';
export { idFor } from './id-for.js';
