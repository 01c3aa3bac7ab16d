import { scheduleAggregate, tenantAggregate, type CommandAnswer } from '#lib/application/actors';
import type { CreationAnswer } from '#lib/application/creation';
import { bulkStream, scheduleStream, tenantStream } from '#lib/contracts/streams';
import { HOUR, type Instant } from '#lib/domain/kernel';
import { overlapPolicies, policyDefaults, type ScheduleDefinition } from '#lib/domain/schedule';
import type { Engine } from '#lib/wiring';
import type { Acknowledgement } from '../support/faults/checker.js';
import type { Machine } from './machine.js';
import type { Random } from './random.js';

const ZONES = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'UTC'] as const;

/** People at the other end of the API: they are told what is done, and note it. */
export class Clients {
  readonly acknowledged: Acknowledgement[] = [];
  readonly schedules: string[] = [];
  #made = 0;
  #lastBulk: string | undefined;
  #lastTrigger: { readonly id: string; readonly request: string } | undefined;

  constructor(
    private readonly machine: Machine,
    private readonly random: Random,
  ) {}

  async create(engine: Engine): Promise<void> {
    const id = `s${(this.#made += 1)}`;
    const drawn = this.#definition(id);
    this.schedules.push(id);
    await this.#noted(scheduleStream(id), engine.creation.create(id, drawn, this.#context(engine)));
  }

  /** In one request; now and then with one among them that is there already, and is to be refused by itself. */
  async createMany(engine: Engine, count: number): Promise<void> {
    const items = Array.from({ length: count }, () => {
      const id = `s${(this.#made += 1)}`;
      return { id, definition: this.#definition(id) };
    });
    const known = this.random.chance(0.25) ? this.schedules[0] : undefined;
    this.schedules.push(...items.map(({ id }) => id));
    if (known !== undefined) items.splice(1, 0, { id: known, definition: this.#definition(known) });
    const answers = await engine.creation.createMany(items, this.#context(engine)).catch(() => []);
    for (const [n, answer] of answers.entries()) this.#note(scheduleStream(items[n]?.id ?? ''), answer);
  }

  async act(engine: Engine): Promise<void> {
    const id = this.random.pick(this.schedules);
    const dice = this.random.fraction();
    if (dice < 0.3) await this.#trigger(engine, id);
    else if (dice < 0.45) await this.#ask(engine, id, { type: 'PauseSchedule', cause: 'request' });
    else if (dice < 0.7) await this.#ask(engine, id, { type: 'ResumeSchedule' });
    else if (dice < 0.8) await this.#ask(engine, id, { type: 'SkipNextOccurrence' });
    else if (dice < 0.95) await this.#update(engine, id);
    else if (dice < 0.965) await this.#ask(engine, id, { type: 'DeleteSchedule' });
    else if (dice < 0.98) await this.#bulk(engine);
    else if (dice < 0.985) await this.#limit(engine, this.random.pick([1, 2, Infinity]));
    else if (dice < 0.99) await this.create(engine);
    else await this.createMany(engine, this.random.whole(2, 5));
  }

  /** Something to do, now. */
  trigger(engine: Engine): Promise<void> {
    return this.#trigger(engine, this.random.pick(this.schedules));
  }

  /** A quarter of the time by somebody who asked before, and asks again. */
  #trigger(engine: Engine, id: string): Promise<void> {
    const again = this.random.chance(0.25) ? this.#lastTrigger : undefined;
    const asked = again ?? { id, request: `r${this.#made++}` };
    this.#lastTrigger = asked;
    return this.#ask(engine, asked.id, { type: 'TriggerRun', request: asked.request });
  }

  /** Whatever was paused last goes on, and as many as may run do. */
  async resumeAll(engine: Engine): Promise<void> {
    await this.#limit(engine, Infinity);
    for (const id of this.schedules) await this.#ask(engine, id, { type: 'ResumeSchedule' });
  }

  #update(engine: Engine, id: string): Promise<void> {
    const { recurrence, overlap } = this.#definition(id);
    const changes = this.random.chance(0.5) ? { recurrence } : { overlap };
    return this.#ask(engine, id, { type: 'UpdateSchedule', changes });
  }

  /** How many of the tenant's may run at once, from now on. */
  async #limit(engine: Engine, concurrency: number): Promise<void> {
    const limits = { weight: 1, ...(Number.isFinite(concurrency) ? { concurrency } : {}) };
    const command = { type: 'ChangeTenantLimits', tenant: 'default', limits } as const;
    const stream = tenantStream('default');
    await this.#noted(stream, engine.actors.execute(tenantAggregate, stream, command, this.#context(engine)));
  }

  /** Something of many; or what was asked of many last is taken back. */
  async #bulk(engine: Engine): Promise<void> {
    const { random } = this;
    const { bulkChanges } = engine;
    const last = random.chance(0.4) ? this.#lastBulk : undefined;
    const asked = {
      filter: random.pick([{ all: true }, { provider: 'spotify' }] as const),
      change: random.pick([
        { action: 'pause', note: 'of many' },
        { action: 'resume' },
        { action: 'update', set: { priority: random.pick(['low', 'high']), overlap: 'skip' } },
      ] as const),
    };
    const id = last ?? `b${(this.#made += 1)}`;
    this.#lastBulk = id;
    const context = this.#context(engine);
    const answer =
      last === undefined ? bulkChanges.request(id, asked, context) : bulkChanges.undo(id, undefined, context);
    await this.#noted(bulkStream(id), answer);
  }

  #definition(id: string): ScheduleDefinition {
    const { random } = this;
    const spreadMs = random.pick([0, 0, 10 * 60_000]);
    const common = {
      zone: random.pick(ZONES),
      excludedDates: [],
      blackouts: [],
      gap: 'shift',
      fold: 'first',
      spreadMs,
    } as const;
    const wall = {
      ...common,
      gap: random.pick(['shift', 'skip'] as const),
      fold: random.pick(['first', 'last', 'both'] as const),
    };
    const night = random.pick(['01:30', '02:00', '02:30', '03:00']);
    const daily = { ...wall, frequency: 'daily', times: [night, '14:15'] } as const;
    const anchor = Math.floor(this.machine.origin / 1_000) * 1_000;
    const everySeconds = random.pick([7_200, 21_600, 43_200]);
    const interval = { ...common, frequency: 'interval', everySeconds, anchor } as const;
    const hourly = { ...wall, frequency: 'hourly', minute: 30 } as const;
    return {
      ...policyDefaults,
      operation: 'incremental_sync',
      user: `user-${id}`,
      connection: `connection-${id}`,
      provider: random.pick(['spotify', 'bank']),
      recurrence: random.pick([daily, daily, daily, interval, interval, hourly]),
      overlap: random.pick(overlapPolicies),
      catchUp: { policy: random.pick(['skip', 'once', 'all'] as const), windowMs: 24 * HOUR, cap: 5 },
      retryVersusNext: random.pick(['merge', 'replace'] as const),
    };
  }

  #context(engine: Engine) {
    return { tenant: 'default', actor: 'api:simulation', correlation: engine.environment.ids.next() };
  }

  #ask(engine: Engine, id: string, command: Parameters<typeof commandOf>[0]): Promise<void> {
    const asked = commandOf(command);
    const stream = scheduleStream(id);
    return this.#noted(
      stream,
      engine.actors.execute(scheduleAggregate, stream, asked, this.#context(engine)),
    );
  }

  async #noted(stream: string, asked: Promise<CommandAnswer<object>>): Promise<void> {
    // No answer: whether it happened is not known to the client, and nothing was promised.
    this.#note(stream, await asked.catch(() => undefined));
  }

  #note(stream: string, answer: CreationAnswer | CommandAnswer<object> | undefined): void {
    if (answer?.ok !== true || answer.position === 0) return;
    const at: Instant = Math.floor(this.machine.now());
    const { position, events } = answer;
    const eventType = events.at(-1)?.type ?? 'nothing';
    this.acknowledged.push({ at, stream, position, eventType });
  }
}

type ScheduleAsk = Parameters<typeof scheduleAggregate.decider.decide>[0] extends infer Command
  ? Command extends { readonly now: number }
    ? Omit<Command, 'now'>
    : never
  : never;
const commandOf = (command: ScheduleAsk): ScheduleAsk => command;
