import { bulkAggregate, type Actors, type CommandContext } from '#lib/application/actors';
import { BulkStep } from '#lib/application/bulk';
import { BULK_CHANGES_LEASE } from '#lib/contracts/messages';
import { bulkStream } from '#lib/contracts/streams';
import { isAsked } from '#lib/domain/bulk';
import type { Millis } from '#lib/domain/kernel';
import type { EventStore, RecordedEvent } from '#lib/event-store/port';
import { LONGEST_SLEEP, pause, type Environment, type Leases } from '#lib/ports';
import type { Saga, Shown } from './saga.js';

/** After a step that failed: doubled with each that fails in a row, up to the cap. */
const RETRY: Millis = 500;
const RETRY_CAP: Millis = 60_000;
/** Events of a bulk change that are looked through at once for who asked for it. */
const PAGE = 50;

export type BulkChangeSagaOptions = {
  readonly actors: Actors;
  readonly store: Pick<EventStore, 'readStream'>;
  readonly environment: Environment;
  readonly leases: Leases;
  readonly onError: (what: string, error: unknown) => void;
};

/** One that is not done. `as`: whoever asked for it; unknown of what was open when this node started. */
type Open = {
  readonly stream: string;
  as: CommandContext | undefined;
  failures: number;
  /** Not to be tried before, on the monotonic clock. */
  after: Millis;
};

const asked: ReadonlySet<string> = new Set(['BulkChangeRequested', 'BulkUndoRequested']);

const contextOf = ({ id, metadata: { tenant, actor, correlation } }: RecordedEvent): CommandContext => ({
  tenant,
  actor,
  correlation,
  causation: id,
});

/**
 * Carries out bulk changes: every node knows those that are open, and the one that holds the lease takes their steps, one
 * step of each in turn. What it keeps can be lost: where a bulk change is follows from its stream. One that fails is
 * tried again later, and keeps nobody else from going on.
 */
export class BulkChangeSaga implements Saga {
  readonly name = 'bulk-changes';
  readonly types = [
    'BulkChangeRequested',
    'BulkChangeCompleted',
    'BulkUndoRequested',
    'BulkUndoCompleted',
  ] as const;
  /** In the order in which they are next. */
  readonly #open = new Map<string, Open>();
  readonly #step: BulkStep;
  readonly #abort = new AbortController();
  #working: Promise<void> | undefined;
  /** Ends the wait for those that are to be tried again. */
  #wake = new AbortController();
  #forget: (() => void) | undefined;

  constructor(private readonly options: BulkChangeSagaOptions) {
    this.#step = new BulkStep(options.actors, options.store);
  }

  /** With the ids of those that are open as of where it is shown the log from. */
  start(open: readonly string[]): void {
    for (const id of open) this.#add(bulkStream(id), undefined);
    this.#forget = this.options.leases.onChange(() => this.#work());
    this.#work();
  }

  /** Ends with the step that is under way. */
  async stop(): Promise<void> {
    this.#forget?.();
    this.#abort.abort();
    await this.#working;
  }

  handle(event: Shown<BulkChangeSaga>): void {
    if (!asked.has(event.type)) {
      this.#open.delete(event.stream);
      // It may hold thousands of schedules, and is asked for seldom from now on.
      return this.options.actors.drop(event.stream);
    }
    this.#add(event.stream, contextOf(event as RecordedEvent));
    this.#work();
  }

  #add(stream: string, as: CommandContext | undefined): void {
    this.#open.set(stream, { stream, as, failures: 0, after: 0 });
  }

  /** Whether it is this node's turn. */
  get #mine(): boolean {
    return !this.#abort.signal.aborted && this.options.leases.holds(BULK_CHANGES_LEASE);
  }

  #work(): void {
    this.#wake.abort();
    if (this.#working !== undefined || !this.#mine || this.#open.size === 0) return;
    this.#working = this.#takeTurns().finally(() => {
      this.#working = undefined;
      // One may have come after the last look.
      this.#work();
    });
  }

  async #takeTurns(): Promise<void> {
    const { clock, timers } = this.options.environment;
    while (this.#mine && this.#open.size > 0) {
      const open = [...this.#open.values()];
      const now = clock.monotonic();
      const next = open.find(({ after }) => after <= now);
      if (next !== undefined) {
        await this.#turn(next);
        continue;
      }
      const least = Math.min(...open.map(({ after }) => after)) - now;
      this.#wake = new AbortController();
      const signal = AbortSignal.any([this.#wake.signal, this.#abort.signal]);
      await pause((over) => timers.after(Math.min(least, LONGEST_SLEEP), over), signal);
    }
  }

  async #turn(open: Open): Promise<void> {
    const { stream } = open;
    try {
      const { state } = await this.options.actors.read(bulkAggregate, stream);
      if (!isAsked(state) || state.status === 'completed' || state.status === 'undone')
        return this.#over(open);
      open.as ??= await this.#askedBy(stream);
      await this.#step.take(stream, state, open.as);
      open.failures = 0;
    } catch (error) {
      if (this.#abort.signal.aborted) return;
      open.after =
        this.options.environment.clock.monotonic() + Math.min(RETRY_CAP, RETRY * 2 ** open.failures);
      open.failures += 1;
      this.options.onError(stream, error);
    }
    // To the end of the line, unless its end was seen meanwhile, or it was asked for anew.
    if (this.#open.get(stream) !== open) return;
    this.#open.delete(stream);
    this.#open.set(stream, open);
  }

  #over(open: Open): void {
    if (this.#open.get(open.stream) === open) this.#open.delete(open.stream);
  }

  /** The last that was asked of it: the change, or to undo it. */
  async #askedBy(stream: string): Promise<CommandContext> {
    for (let from = Number.MAX_SAFE_INTEGER; from >= 0;) {
      const events = await this.options.store.readStream(stream, { backwards: true, from, limit: PAGE });
      const found = events.find(({ type }) => asked.has(type));
      if (found !== undefined) return contextOf(found);
      from = (events.at(-1)?.revision ?? 0) - 1;
    }
    throw new Error(`nobody asked for ${stream}`);
  }
}
