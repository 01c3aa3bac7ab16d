import { DAY, HOUR, MINUTE, SECOND, type Instant } from '#lib/domain/kernel';
import type { DeliveryResult } from '#lib/domain/webhook';
import type { MemoryEventStore } from '#lib/event-store/memory';
import type { RecordedEvent } from '#lib/event-store/port';
import type { WebhookMessage, WebhookSender } from '#lib/ports';
import { Tally, type Finding } from '../support/faults/report.js';
import type { Machine } from './machine.js';
import type { Process } from './process.js';
import { Random } from './random.js';

type Hook = {
  readonly id: string;
  /** Absent: everything. */
  readonly types?: readonly string[];
  /** What comes of its bad hours: in every other it is well, so that it is given up only where each try met a bad one. */
  readonly bad: 'never' | 'flapping' | 'dead';
};
/** Whether in this story anybody is told. */
export const hasWebhooks = ({
  seed,
  webhooks,
}: {
  readonly seed: number;
  readonly webhooks?: boolean;
}): boolean => webhooks ?? new Random(seed + 11e6).chance(0.25);

type Received = {
  readonly hook: string;
  readonly id: string;
  readonly body: string;
  readonly taken: boolean;
};
type Told = { readonly position: number; readonly retryAt?: Instant };

const hooks: readonly Hook[] = [
  { id: 'h1', types: ['RunSucceeded', 'RunAbandoned', 'ScheduleCreated'], bad: 'never' },
  { id: 'h2', bad: 'flapping' },
  { id: 'h3', types: ['RunQueued', 'OccurrenceSkipped'], bad: 'dead' },
];
const streamOf = ({ id }: Hook): string => `webhook-${id}`;

/** So many failures in a row, and nothing new is begun while something waits to be tried again. */
const HELD = 5;

/** Nothing was taken for so long: it is told nothing more until somebody enables it, which nobody does here. */
const GIVEN_UP = 5 * DAY;

/** What one of them is to be told of and was not: new (0), or to be tried again at an instant. */
class Open {
  readonly #dues = new Map<number, Instant>();
  #failures = 0;
  #givenUp = false;

  add(position: number): void {
    this.#dues.set(position, 0);
  }

  tried({ type, data }: RecordedEvent): void {
    if (type === 'WebhookDisabled') this.#givenUp = true;
    if (!type.startsWith('Delivery')) return;
    const { position, retryAt } = data as Told;
    this.#failures = type === 'DeliverySucceeded' ? 0 : this.#failures + 1;
    if (type === 'DeliveryFailed') this.#dues.set(position, retryAt ?? 0);
    else this.#dues.delete(position);
  }

  get dues(): readonly Instant[] {
    return this.#givenUp ? [] : [...this.#dues.keys()].map((position) => this.dueOf(position));
  }

  /** When it can be told at the earliest. */
  dueOf(position: number): Instant {
    if (this.#givenUp) return Infinity;
    const due = this.#dues.get(position) ?? 0;
    if (due > 0 || this.#failures < HELD) return due;
    const waiting = [...this.#dues.values()].filter((other) => other > 0);
    return waiting.length === 0 ? 0 : Math.min(...waiting);
  }
}

/** The product's endpoints in one story: how they answer, what they got, and whether that is what they should have. */
export class Hooks {
  readonly #received: Received[] = [];
  #calm = false;
  /** Of each hook, what it is to be told of and was not: by position. */
  readonly #open = new Map(hooks.map(({ id }) => [id, new Open()]));
  #read = 0;

  constructor(
    private readonly machine: Machine,
    private readonly server: MemoryEventStore,
    private readonly random: Random,
  ) {}

  /** In the log before anything else. */
  async register(): Promise<void> {
    for (const [n, hook] of hooks.entries()) {
      const { id, types } = hook;
      const filter = types === undefined ? {} : { types };
      const metadata = {
        v: 1,
        at: this.machine.now(),
        tenant: 'default',
        actor: 'api:test',
        correlation: id,
      };
      const data = { id, definition: { url: `https://${id}.example`, filter }, after: 0 };
      const event = `00000000-0000-4000-9000-${String(n).padStart(12, '0')}`;
      await this.server.append(streamOf(hook), -1, [
        { id: event, type: 'WebhookRegistered', data, metadata },
      ]);
    }
  }

  /** What a process sends with; it falls silent with the process. */
  sender(process: Process): WebhookSender {
    return {
      send: (message) =>
        process.answer(
          new Promise((resolve) => {
            const { result, after } = this.#answer(message);
            process.environment.timers.after(after, () => resolve(result));
          }),
        ),
    };
  }

  #answer({ webhook, id, body }: WebhookMessage): { result: DeliveryResult; after: number } {
    const hook = hooks.find((each) => each.id === webhook);
    const hour = Math.floor(this.machine.now() / HOUR);
    const bad = this.#calm || hour % 2 === 0 ? 'never' : (hook?.bad ?? 'never');
    const hangs = bad === 'dead';
    const taken = !hangs && (bad === 'never' || this.random.chance(0.5));
    this.#received.push({ hook: webhook, id, body, taken });
    const durationMs = hangs ? 15 * SECOND : this.random.whole(5, 200);
    if (taken) return { result: { kind: 'delivered', status: 200, durationMs }, after: durationMs };
    const message = hangs ? 'took too long to answer' : 'answered 502';
    return { result: { kind: 'failed', message, durationMs }, after: durationMs };
  }

  /** From here on everybody answers. */
  calm(): void {
    this.#calm = true;
  }

  /** Something is to be told now. */
  get busy(): boolean {
    return this.#dues.some((due) => due <= this.machine.now());
  }

  /** When something is to be told next, if not now. */
  get nextDue(): Instant {
    return Math.min(Infinity, ...this.#dues.filter((due) => due > this.machine.now()));
  }

  get #dues(): readonly Instant[] {
    this.#follow();
    return [...this.#open.values()].flatMap((open) => open.dues);
  }

  #follow(): void {
    const { events } = this.server.log;
    for (; this.#read < events.length; this.#read += 1) {
      const event = events[this.#read]?.recorded;
      if (event !== undefined) this.#see(event);
    }
  }

  #see(event: RecordedEvent): void {
    const teller = hooks.find((hook) => streamOf(hook) === event.stream);
    if (teller !== undefined) return this.#open.get(teller.id)?.tried(event);
    for (const hook of hooks) if (isFor(hook, event)) this.#open.get(hook.id)?.add(event.position);
  }

  /** P30: what was asked for was taken or given up, by the log and by those who took it; nothing else came. */
  finding(events: readonly RecordedEvent[], endAt: Instant): Finding {
    const tally = new Tally('P30');
    for (const hook of hooks) this.#judge(hook, events, endAt, tally);
    return tally.finding;
  }

  #judge(hook: Hook, events: readonly RecordedEvent[], endAt: Instant, tally: Tally): void {
    const received = this.#received.filter((each) => each.hook === hook.id);
    const taken = new Set(received.filter((each) => each.taken).map(({ id }) => id));
    const wanted = events.filter((event) => isFor(hook, event));
    const own = events.filter(({ stream }) => stream === streamOf(hook));
    const positions = (type: string): readonly number[] =>
      own.filter((event) => event.type === type).map(({ data }) => (data as Told).position);
    const said = positions('DeliverySucceeded');
    const succeeded = new Set(said);
    const over = new Set([...succeeded, ...positions('DeliveryDeadLettered')]);
    const open = this.#open.get(hook.id);
    for (const { id, position, metadata } of wanted) {
      // What came at the very end, or waits for a time after it.
      const due = Math.max(metadata.at, open?.dueOf(position) ?? 0);
      const isOver = over.has(position) || due > endAt - MINUTE;
      tally.expect(isOver, () => `${hook.id} was not told of ${id}, at position ${position}`);
      if (succeeded.has(position))
        tally.expect(taken.has(id), () => `${hook.id} never took ${id}, which the log says it did`);
    }
    tally.expect(succeeded.size === said.length, () => `${hook.id}: said twice to be taken`);
    tally.expect(isGivenUpRightly(own), () => `${hook.id}: given up though something was taken lately`);
    const known = new Set(wanted.map(({ id }) => id));
    const bodies = new Map<string, string>();
    for (const { id, body } of received) {
      tally.expect(known.has(id), () => `${hook.id} was told of ${id}, which it did not ask for`);
      tally.expect((bodies.get(id) ?? body) === body, () => `${hook.id} was told of ${id} in other words`);
      bodies.set(id, body);
    }
  }
}

const isFor = ({ types }: Hook, { stream, type }: RecordedEvent): boolean =>
  !stream.startsWith('webhook-') && (types?.includes(type) ?? true);

/** It is given up once, where all that it was told in five days failed, and nothing is tried after that. */
function isGivenUpRightly(own: readonly RecordedEvent[]): boolean {
  const at = own.findIndex(({ type }) => type === 'WebhookDisabled');
  if (at < 0) return true;
  const before = own.slice(0, at);
  const taken = before.findLastIndex(({ type }) => type === 'DeliverySucceeded');
  const failed = before.slice(taken + 1).find(({ type }) => type.startsWith('Delivery'));
  const since = failed?.metadata.at ?? Infinity;
  return at === own.length - 1 && (own[at]?.metadata.at ?? 0) - since >= GIVEN_UP;
}
