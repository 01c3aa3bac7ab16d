export { BulkChangeManager, type BulkPreview, type BulkRequest } from './bulk-change-manager.js';
export { ConnectionManager } from './connection-manager.js';
export type {
  BulkOptions,
  ChangeOptions,
  NoteOption,
  PauseOptions,
  RemoveOptions,
  RequestOptions,
  SuspendOptions,
  TriggerOptions,
} from './options.js';
export { ProviderManager, type ProviderOverview } from './provider-manager.js';
export { RequestRejected } from './rejection.js';
export type { CreationResult } from './schedule-batch.js';
export { ScheduleManager } from './schedule-manager.js';
export { ScheduleReporter } from './schedule-reporter.js';
export { ScheduleValidator } from './schedule-validator.js';
export * from './sync-scheduler.js';
export { TaskExecutor, type ExecutorState } from './task-executor.js';
export * from './types.js';
export { WebhookManager } from './webhook-manager.js';
export type {
  BulkFilterInput,
  CreateScheduleInput,
  FieldError,
  ProviderLimitsInput,
  RecurrenceInput,
  UpdateScheduleInput,
  WebhookChanges,
  WebhookInput,
} from '#lib/contracts/api';
export type { ToldOutcome } from '#lib/domain/bulk';
export type { StoredEvent } from '#lib/contracts/events';
export type { WebhookMessage, WebhookSender } from '#lib/ports';
export type {
  BulkChangeRow,
  ConflictFilter,
  ConflictRow,
  ConnectionRow,
  DeliveryRow,
  DeliveryStatus,
  LogRow,
  Report,
  RunFilter,
  ScheduleFilter,
  ScheduleStats,
  ScheduleView,
  WebhookRow,
} from '#lib/projections';
