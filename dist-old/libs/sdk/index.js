export { ConnectionManager } from './connection-manager.js';
export { ProviderManager } from './provider-manager.js';
export { RequestRejected } from './rejection.js';
export { ScheduleManager } from './schedule-manager.js';
export { ScheduleReporter } from './schedule-reporter.js';
export { ScheduleValidator } from './schedule-validator.js';
export * from './sync-scheduler.js';
export { TaskExecutor } from './task-executor.js';
export * from './types.js';
export { WebhookManager } from './webhook-manager.js';

//# sourceMappingURL=index.js.map