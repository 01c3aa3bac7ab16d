import type { CreateScheduleInput, RecurrenceInput, UpdateScheduleInput } from '#lib/contracts/api';
import type { StoredEvent } from '#lib/contracts/events';
import type { Report, ScheduleStats, ScheduleView } from '#lib/projections';
import { Engine, readConfiguration, silent, type Configuration, type Log } from '#lib/wiring';
import type { Environment, WebhookSender } from '#lib/ports';
import type { RequestOptions } from './request.js';
import { ScheduleManager } from './schedule-manager.js';
import { ScheduleReporter } from './schedule-reporter.js';
import { ScheduleValidator } from './schedule-validator.js';
import { SyncManagerEngine } from './sync-manager-engine.js';
import { TaskExecutor, type ExecutorState } from './task-executor.js';
import { WebhookManager } from './webhook-manager.js';
import type { SyncManager, SyncOperationType, SyncPriority } from './types.js';

export type SyncSchedulerConfig = {
  /** Folder of the event log and its read models. Absent: everything in memory, gone with the process. */
  readonly dataFolder?: string;
  /** Whose schedules these are. Default `default`. */
  readonly tenant?: string;
  /** Attempts that may run at once. Default 100. */
  readonly concurrency?: number;
  /** Attempts that may run at once on one connection. Default 1. */
  readonly connectionConcurrency?: number;
  /** Lets schedules be due more often than providers' minimum intervals. Default false. */
  readonly allowShortIntervals?: boolean;
  /** The product's own webhook system: takes every message in place of our HTTP client. */
  readonly webhookSender?: WebhookSender;
  readonly log?: Log;
  /** Clock, timers, ids and randomness; for tests. */
  readonly environment?: Environment;
};

export type CreateScheduleOptions = Omit<
  CreateScheduleInput,
  'connection' | 'user' | 'provider' | 'operation' | 'priority' | 'recurrence'
> &
  RequestOptions & {
    readonly operationType?: SyncOperationType;
    readonly priority?: SyncPriority;
  };

type Parts = {
  readonly schedules: ScheduleManager;
  readonly executor: TaskExecutor;
  readonly reporter: ScheduleReporter;
  readonly validator: ScheduleValidator;
  readonly webhooks: WebhookManager;
};

/**
 * The scheduler in the caller's own process: an event log, its clock, its queue and its executor, with the caller's
 * sync manager doing the work. `schedules`, `executor`, `reporter`, `validator` and `webhooks` are its parts; the
 * methods here are the ones most callers need.
 */
export class SyncScheduler {
  readonly #config: SyncSchedulerConfig;
  #engine: Engine | undefined;
  #parts: Parts | undefined;
  /** One at a time, however many ask. */
  #opening: Promise<void> | undefined;
  #stopped = false;

  constructor(
    private readonly syncManager: SyncManager,
    config: SyncSchedulerConfig = {},
  ) {
    this.#config = config;
  }

  /** Opens the log and brings the read models up to date. Nothing runs yet. Rejects once it was stopped. */
  initialize(): Promise<void> {
    if (this.#stopped) return Promise.reject(new Error('it was stopped: make another SyncScheduler'));
    this.#opening ??= this.#open().catch((error: unknown) => {
      this.#opening = undefined;
      throw error;
    });
    return this.#opening;
  }

  async #open(): Promise<void> {
    const { dataFolder, environment, webhookSender, log = silent, tenant = 'default' } = this.#config;
    const engine = await Engine.open(this.#configuration(), {
      syncEngine: new SyncManagerEngine(this.syncManager),
      inMemory: dataFolder === undefined,
      log,
      ...(environment === undefined ? {} : { environment }),
      ...(webhookSender === undefined ? {} : { webhookSender }),
    });
    this.#engine = engine;
    const validator = new ScheduleValidator(engine, tenant);
    const executor = new TaskExecutor(engine, tenant);
    this.#parts = {
      validator,
      executor,
      schedules: new ScheduleManager(engine, validator, tenant),
      reporter: new ScheduleReporter(engine, tenant, () => executor.state()),
      webhooks: new WebhookManager(engine, tenant),
    };
  }

  /**
   * Starts watching the clock and running what is due, what became due while nobody watched included. Rejects once it was
   * stopped; one that is stopped while it starts does not run.
   */
  async start(): Promise<void> {
    await this.initialize();
    if (!this.#stopped) await this.engine.start();
  }

  /** Lets running syncs end for a few seconds, stores everything, and closes. The instance cannot be started again. */
  async stop(): Promise<void> {
    this.#stopped = true;
    // One that is being opened is closed once it is open.
    await this.#opening?.catch(() => {});
    await this.#engine?.stop();
  }

  /** Resolves to the schedule's id. @throws {RequestRejected} saying what was wrong and what would be right. */
  createSchedule(
    connectionId: string,
    userId: string,
    providerId: string,
    frequency: RecurrenceInput,
    options: CreateScheduleOptions = {},
  ): Promise<string> {
    const { operationType, priority, requestKey, ...rest } = options;
    const input = {
      ...rest,
      connection: connectionId,
      user: userId,
      provider: providerId,
      recurrence: frequency,
      ...(operationType === undefined ? {} : { operation: operationType }),
      ...(priority === undefined ? {} : { priority }),
    };
    return this.schedules.create(input, { requestKey });
  }

  getSchedule(id: string): ScheduleView | undefined {
    return this.schedules.get(id);
  }

  updateSchedule(id: string, changes: UpdateScheduleInput): Promise<void> {
    return this.schedules.update(id, changes);
  }

  pauseSchedule(id: string, options?: { readonly note?: string; readonly until?: Date }): Promise<void> {
    return this.schedules.pause(id, options);
  }

  resumeSchedule(id: string): Promise<void> {
    return this.schedules.resume(id);
  }

  deleteSchedule(id: string, note?: string): Promise<void> {
    return this.schedules.delete(id, note);
  }

  /** Runs it now. Resolves to the run's id. */
  triggerSchedule(id: string, options?: RequestOptions): Promise<string> {
    return this.schedules.trigger(id, options);
  }

  getScheduleStats(): Promise<ScheduleStats> {
    return this.reporter.stats();
  }

  generateReport(from: Date, to: Date): Promise<Report & { readonly resources: ExecutorState }> {
    return this.reporter.report(from, to);
  }

  /** Calls back for each event of a type (or `*` for all) as it is stored. Returns the way to stop. */
  on(type: StoredEvent['type'] | '*', listener: (event: StoredEvent) => unknown): () => void {
    return this.engine.observers.listen((event) =>
      type === '*' || event.type === type ? listener(event) : undefined,
    );
  }

  get schedules(): ScheduleManager {
    return this.#opened().schedules;
  }

  get executor(): TaskExecutor {
    return this.#opened().executor;
  }

  get reporter(): ScheduleReporter {
    return this.#opened().reporter;
  }

  get validator(): ScheduleValidator {
    return this.#opened().validator;
  }

  get webhooks(): WebhookManager {
    return this.#opened().webhooks;
  }

  private get engine(): Engine {
    if (this.#engine === undefined) throw new Error('call initialize() first');
    return this.#engine;
  }

  #opened(): Parts {
    if (this.#parts === undefined) throw new Error('call initialize() first');
    return this.#parts;
  }

  #configuration(): Configuration {
    const { dataFolder, concurrency, connectionConcurrency, allowShortIntervals = false } = this.#config;
    const defaults = readConfiguration({});
    return {
      ...defaults,
      dataFolder: dataFolder ?? defaults.dataFolder,
      concurrency: concurrency ?? defaults.concurrency,
      connectionConcurrency: connectionConcurrency ?? defaults.connectionConcurrency,
      allowShortIntervals,
    };
  }
}
