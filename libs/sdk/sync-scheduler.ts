import { z } from 'zod';
import type { CreateScheduleInput, RecurrenceInput, UpdateScheduleInput } from '#lib/contracts/api';
import { eventTypes, type StoredEvent } from '#lib/contracts/events';
import type { Report, ScheduleStats, ScheduleView } from '#lib/projections';
import { Engine, readConfiguration, silent, type Configuration, type Log } from '#lib/wiring';
import type { Environment, WebhookSender } from '#lib/ports';
import { BulkChangeManager } from './bulk-change-manager.js';
import { ConnectionManager } from './connection-manager.js';
import type { ChangeOptions, NoteOption, PauseOptions, RequestOptions, TriggerOptions } from './options.js';
import { parse } from './parse.js';
import { ProviderManager } from './provider-manager.js';
import { ScheduleManager } from './schedule-manager.js';
import { ScheduleReporter } from './schedule-reporter.js';
import { ScheduleValidator } from './schedule-validator.js';
import { Session, stopped } from './session.js';
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
  readonly session: Session;
  readonly schedules: ScheduleManager;
  readonly executor: TaskExecutor;
  readonly reporter: ScheduleReporter;
  readonly validator: ScheduleValidator;
  readonly connections: ConnectionManager;
  readonly providers: ProviderManager;
  readonly webhooks: WebhookManager;
  readonly bulkChanges: BulkChangeManager;
};

const listened = z.enum(['*', ...eventTypes]);

/**
 * The scheduler in the caller's own process: an event log, its clock, its queue and its executor, with the caller's
 * sync manager doing the work. `schedules`, `executor`, `reporter`, `validator`, `connections`, `providers`, `webhooks` and
 * `bulkChanges` are its parts; the methods here are the ones most callers need. What is not valid, or is refused as things
 * stand, is a {@link RequestRejected} from every one of them; an outage is worth trying again. Before `initialize` and
 * after `stop` there is nothing to ask, and they say so.
 */
export class SyncScheduler {
  readonly #config: SyncSchedulerConfig;
  #parts: Parts | undefined;
  /** One at a time, however many ask. */
  #opening: Promise<void> | undefined;
  #stopped = false;
  #closing: Promise<void> | undefined;

  constructor(
    private readonly syncManager: SyncManager,
    config: SyncSchedulerConfig = {},
  ) {
    this.#config = config;
  }

  /** Opens the log and brings the read models up to date. Nothing runs yet. Rejects once it was stopped. */
  initialize(): Promise<void> {
    if (this.#stopped) return Promise.reject(stopped());
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
    const session = new Session(engine, tenant);
    const validator = new ScheduleValidator(session);
    const executor = new TaskExecutor(session);
    this.#parts = {
      session,
      validator,
      executor,
      schedules: new ScheduleManager(session, validator),
      reporter: new ScheduleReporter(session, () => executor.state()),
      connections: new ConnectionManager(session),
      providers: new ProviderManager(session),
      webhooks: new WebhookManager(session),
      bulkChanges: new BulkChangeManager(session),
    };
  }

  /**
   * Starts watching the clock and running what is due, what became due while nobody watched included. Rejects once it was
   * stopped; one that is stopped while it starts does not run.
   */
  async start(): Promise<void> {
    await this.initialize();
    if (!this.#stopped) await this.#opened().session.engine.start();
  }

  /**
   * Lets running syncs end for a few seconds, in which they may still ask for what they need, stores everything, and
   * closes. The instance cannot be started again.
   */
  async stop(): Promise<void> {
    this.#stopped = true;
    // One that is being opened is closed once it is open.
    await this.#opening?.catch(() => {});
    const session = this.#parts?.session;
    if (session === undefined || this.#closing !== undefined) return this.#closing;
    this.#closing = session.engine.stop().finally(() => session.end());
    return this.#closing;
  }

  /**
   * Resolves to the schedule's id. What is said of the arguments names them as schedules do: `connection`, `user`,
   * `provider`, `recurrence`, `operation`. @throws {RequestRejected} saying what was wrong and what would be right.
   */
  async createSchedule(
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

  /** Changes what is named. With a `version`, only if that is still the one in force. */
  async updateSchedule(id: string, changes: UpdateScheduleInput, options?: ChangeOptions): Promise<void> {
    return this.schedules.update(id, changes, options);
  }

  async pauseSchedule(id: string, options?: PauseOptions & ChangeOptions): Promise<void> {
    return this.schedules.pause(id, options);
  }

  /** Refused while its connection is suspended: see {@link ConnectionManager.restore}. */
  async resumeSchedule(id: string, options?: ChangeOptions): Promise<void> {
    return this.schedules.resume(id, options);
  }

  /** `options` may be the note alone. */
  async deleteSchedule(id: string, options?: string | (NoteOption & ChangeOptions)): Promise<void> {
    return this.schedules.delete(id, options);
  }

  /** Runs it now. Resolves to the run's id. */
  async triggerSchedule(id: string, options?: TriggerOptions): Promise<string> {
    return this.schedules.trigger(id, options);
  }

  async getScheduleStats(): Promise<ScheduleStats> {
    return this.reporter.stats();
  }

  async generateReport(from: Date, to: Date): Promise<Report & { readonly resources: ExecutorState }> {
    return this.reporter.report(from, to);
  }

  /** Calls back for each event of a type (or `*` for all) as it is stored. Returns the way to stop. */
  on(type: StoredEvent['type'] | '*', listener: (event: StoredEvent) => unknown): () => void {
    const wanted = parse(listened, type, 'type');
    return this.#opened().session.engine.observers.listen((event) =>
      wanted === '*' || event.type === wanted ? listener(event) : undefined,
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

  get connections(): ConnectionManager {
    return this.#opened().connections;
  }

  get providers(): ProviderManager {
    return this.#opened().providers;
  }

  get webhooks(): WebhookManager {
    return this.#opened().webhooks;
  }

  get bulkChanges(): BulkChangeManager {
    return this.#opened().bulkChanges;
  }

  #opened(): Parts {
    if (this.#parts !== undefined) return this.#parts;
    throw this.#stopped ? stopped() : new Error('call initialize() first');
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
