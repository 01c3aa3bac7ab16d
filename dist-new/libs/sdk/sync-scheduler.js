import { z } from 'zod';
import { eventTypes } from '#lib/contracts/events';
import { Engine, readConfiguration, silent } from '#lib/wiring';
import { ConnectionManager } from './connection-manager.js';
import { parse } from './parse.js';
import { ProviderManager } from './provider-manager.js';
import { ScheduleManager } from './schedule-manager.js';
import { ScheduleReporter } from './schedule-reporter.js';
import { ScheduleValidator } from './schedule-validator.js';
import { Session, stopped } from './session.js';
import { SyncManagerEngine } from './sync-manager-engine.js';
import { TaskExecutor } from './task-executor.js';
import { WebhookManager } from './webhook-manager.js';
const listened = z.enum([
    '*',
    ...eventTypes
]);
/**
 * The scheduler in the caller's own process: an event log, its clock, its queue and its executor, with the caller's
 * sync manager doing the work. `schedules`, `executor`, `reporter`, `validator`, `connections`, `providers` and
 * `webhooks` are its parts; the methods here are the ones most callers need. What is not valid, or is refused as things
 * stand, is a {@link RequestRejected} from every one of them; an outage is worth trying again. Before `initialize` and
 * after `stop` there is nothing to ask, and they say so.
 */ export class SyncScheduler {
    #config;
    #parts;
    /** One at a time, however many ask. */ #opening;
    #stopped;
    #closing;
    constructor(syncManager, config = {}){
        this.syncManager = syncManager;
        this.#stopped = false;
        this.#config = config;
    }
    /** Opens the log and brings the read models up to date. Nothing runs yet. Rejects once it was stopped. */ initialize() {
        if (this.#stopped) return Promise.reject(stopped());
        this.#opening ??= this.#open().catch((error)=>{
            this.#opening = undefined;
            throw error;
        });
        return this.#opening;
    }
    async #open() {
        const { dataFolder, environment, webhookSender, log = silent, tenant = 'default' } = this.#config;
        const engine = await Engine.open(this.#configuration(), {
            syncEngine: new SyncManagerEngine(this.syncManager),
            inMemory: dataFolder === undefined,
            log,
            ...environment === undefined ? {} : {
                environment
            },
            ...webhookSender === undefined ? {} : {
                webhookSender
            }
        });
        const session = new Session(engine, tenant);
        const validator = new ScheduleValidator(session);
        const executor = new TaskExecutor(session);
        this.#parts = {
            session,
            validator,
            executor,
            schedules: new ScheduleManager(session, validator),
            reporter: new ScheduleReporter(session, ()=>executor.state()),
            connections: new ConnectionManager(session),
            providers: new ProviderManager(session),
            webhooks: new WebhookManager(session)
        };
    }
    /**
   * Starts watching the clock and running what is due, what became due while nobody watched included. Rejects once it was
   * stopped; one that is stopped while it starts does not run.
   */ async start() {
        await this.initialize();
        if (!this.#stopped) await this.#opened().session.engine.start();
    }
    /**
   * Lets running syncs end for a few seconds, in which they may still ask for what they need, stores everything, and
   * closes. The instance cannot be started again.
   */ async stop() {
        this.#stopped = true;
        // One that is being opened is closed once it is open.
        await this.#opening?.catch(()=>{});
        const session = this.#parts?.session;
        if (session === undefined || this.#closing !== undefined) return this.#closing;
        this.#closing = session.engine.stop().finally(()=>session.end());
        return this.#closing;
    }
    /**
   * Resolves to the schedule's id. What is said of the arguments names them as schedules do: `connection`, `user`,
   * `provider`, `recurrence`, `operation`. @throws {RequestRejected} saying what was wrong and what would be right.
   */ async createSchedule(connectionId, userId, providerId, frequency, options = {}) {
        const { operationType, priority, requestKey, ...rest } = options;
        const input = {
            ...rest,
            connection: connectionId,
            user: userId,
            provider: providerId,
            recurrence: frequency,
            ...operationType === undefined ? {} : {
                operation: operationType
            },
            ...priority === undefined ? {} : {
                priority
            }
        };
        return this.schedules.create(input, {
            requestKey
        });
    }
    getSchedule(id) {
        return this.schedules.get(id);
    }
    /** Changes what is named. With a `version`, only if that is still the one in force. */ async updateSchedule(id, changes, options) {
        return this.schedules.update(id, changes, options);
    }
    async pauseSchedule(id, options) {
        return this.schedules.pause(id, options);
    }
    /** Refused while its connection is suspended: see {@link ConnectionManager.restore}. */ async resumeSchedule(id, options) {
        return this.schedules.resume(id, options);
    }
    /** `options` may be the note alone. */ async deleteSchedule(id, options) {
        return this.schedules.delete(id, options);
    }
    /** Runs it now. Resolves to the run's id. */ async triggerSchedule(id, options) {
        return this.schedules.trigger(id, options);
    }
    async getScheduleStats() {
        return this.reporter.stats();
    }
    async generateReport(from, to) {
        return this.reporter.report(from, to);
    }
    /** Calls back for each event of a type (or `*` for all) as it is stored. Returns the way to stop. */ on(type, listener) {
        const wanted = parse(listened, type, 'type');
        return this.#opened().session.engine.observers.listen((event)=>wanted === '*' || event.type === wanted ? listener(event) : undefined);
    }
    get schedules() {
        return this.#opened().schedules;
    }
    get executor() {
        return this.#opened().executor;
    }
    get reporter() {
        return this.#opened().reporter;
    }
    get validator() {
        return this.#opened().validator;
    }
    get connections() {
        return this.#opened().connections;
    }
    get providers() {
        return this.#opened().providers;
    }
    get webhooks() {
        return this.#opened().webhooks;
    }
    #opened() {
        if (this.#parts !== undefined) return this.#parts;
        throw this.#stopped ? stopped() : new Error('call initialize() first');
    }
    #configuration() {
        const { dataFolder, concurrency, connectionConcurrency, allowShortIntervals = false } = this.#config;
        const defaults = readConfiguration({});
        return {
            ...defaults,
            dataFolder: dataFolder ?? defaults.dataFolder,
            concurrency: concurrency ?? defaults.concurrency,
            connectionConcurrency: connectionConcurrency ?? defaults.connectionConcurrency,
            allowShortIntervals
        };
    }
}

//# sourceMappingURL=sync-scheduler.js.map