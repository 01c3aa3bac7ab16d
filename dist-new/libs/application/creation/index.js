export * from './create-schedule.js';
export { isReused } from './create-schedules.js';
export { idFor } from './id-for.js';

//# sourceMappingURL=index.js.map