import QuickLRU from 'quick-lru';
import type { DomainEvent } from '#lib/domain/kernel';
import { isEventStoreError, type Appended, type EventStore, type RecordedEvent } from '#lib/event-store/port';
import type { Environment } from '#lib/ports';
import { Actor } from './actor.js';
import { answerRepeated, done, foreign, outage, shuttingDown, toStranger } from './answers.js';
import type { Aggregate, Unstamped } from './aggregate.js';
import { CommandOutage, type CommandAnswer, type CommandContext } from './command.js';
import { envelopes } from './envelopes.js';
import { followUpOf, type Follow } from './follow-up.js';
import { settled } from './settled.js';
import { decideTogether, type Asked, type Together } from './together.js';

/**
 * One mailbox per stream: commands for the same stream are decided one after another, so they never race inside a
 * process. Between processes the expected revision arbitrates: the loser reloads and decides again. An append whose
 * outcome is unknown is repeated with the same event ids until the store says what happened.
 */
export type ActorsOptions = {
  readonly store: EventStore;
  readonly environment: Environment;
  /**
   * Actors kept in memory, at most; the least recently used ones, up to half of them, are dropped at once and read again
   * when needed.
   */
  readonly capacity: number;
  /** A snapshot is written after this many events. */
  readonly snapshotEvery: number;
  /**
   * Other processes append to the same store. What is in memory may then be behind: a refusal, or finding nothing to
   * do, is answered only after the stream's end was looked at.
   */
  readonly shared?: boolean;
  /** Called when a snapshot could not be written: costs time at the next load, nothing else. */
  readonly onSnapshotError?: (stream: string, error: unknown) => void;
};

const CONFLICT_TRIES = 8;

type AnyActor = Actor<object, unknown, DomainEvent>;

export class Actors {
  readonly #actors: QuickLRU<string, AnyActor>;
  /** Tails of the mailboxes: the promise that the last command of each busy stream settles. */
  readonly #mailboxes = new Map<string, Promise<unknown>>();
  /** By kind of aggregate. */
  readonly #follows = new Map<string, Follow<never, never>>();
  #closed = false;

  constructor(private readonly options: ActorsOptions) {
    this.#actors = new QuickLRU({ maxSize: Math.ceil(options.capacity / 2) });
  }

  /** From now on `follow` is asked with each decision of this aggregate what is to be stored with it. */
  follow<State extends object, Command, E extends DomainEvent>(
    { kind }: Aggregate<State, Command, E>,
    follow: Follow<State, Command>,
  ): void {
    this.#follows.set(kind, follow as unknown as Follow<never, never>);
  }

  /** Decides one command. A rejection is an answer; an outage is thrown as {@link CommandOutage}. */
  execute<State extends object, Command extends { readonly now: number }, E extends DomainEvent>(
    aggregate: Aggregate<State, Command, E>,
    stream: string,
    command: Unstamped<Command>,
    context: CommandContext,
  ): Promise<CommandAnswer<State>> {
    return this.#inTurn(stream, () => this.#handle(this.#actor(aggregate, stream), command, context));
  }

  /**
   * The same for a stream whose name was made just now: nothing is read, and should there be one after all, the append
   * finds out and the command is decided again on what it holds.
   */
  begin<State extends object, Command extends { readonly now: number }, E extends DomainEvent>(
    aggregate: Aggregate<State, Command, E>,
    stream: string,
    command: Unstamped<Command>,
    context: CommandContext,
  ): Promise<CommandAnswer<State>> {
    return this.#inTurn(stream, () => {
      const actor = this.#actor(aggregate, stream);
      actor.loaded = true;
      return this.#handle(actor, command, context);
    });
  }

  /** Commands for many streams, decided in one turn: see {@link decideTogether} for which of them are answered. */
  async together<State extends object, Command extends { readonly now: number }, E extends DomainEvent>(
    aggregate: Aggregate<State, Command, E>,
    asked: readonly Asked<Command>[],
    context: CommandContext,
  ): Promise<readonly Together<State>[]> {
    if (this.#closed) throw shuttingDown();
    const now = Math.floor(this.options.environment.clock.now());
    return decideTogether<State, Command, E>(
      asked,
      { now, context },
      {
        idle: (stream) => (this.#mailboxes.has(stream) ? undefined : this.#actor(aggregate, stream)),
        hold: (stream, turn) => void this.#mailboxes.set(stream, turn),
        release: (stream, turn) => this.#release(stream, turn),
        append: (...decided) => this.#append(...decided),
      },
    );
  }

  /** The state as the log has it now, and the revision it reflects. For another tenant's reader there is nothing. */
  read<State extends object, Command, E extends DomainEvent>(
    aggregate: Aggregate<State, Command, E>,
    stream: string,
    tenant?: string,
  ): Promise<{ readonly state: State; readonly revision: number }> {
    return this.#inTurn(stream, async () => {
      const actor = this.#actor(aggregate, stream);
      if (!actor.loaded || this.shared) await this.#reload(actor);
      if (tenant !== undefined && foreign(actor, { tenant }))
        return { state: aggregate.decider.initialState, revision: -1 };
      return { state: actor.state, revision: actor.revision };
    });
  }

  /** The answer that a request under its key has had already; undefined: it is a new one, or has no key. */
  repeated<State extends object, Command, E extends DomainEvent>(
    aggregate: Aggregate<State, Command, E>,
    stream: string,
    context: CommandContext,
  ): Promise<CommandAnswer<State> | undefined> {
    return this.#inTurn(stream, async () => {
      const actor = this.#actor(aggregate, stream);
      if (!actor.loaded || this.shared) await this.#reload(actor);
      return answerRepeated(actor, context);
    });
  }

  /** The state of an idle actor that is in memory, at once; undefined says nothing. As of what was last seen of the log. */
  peek<State extends object, Command, E extends DomainEvent>(
    _aggregate: Aggregate<State, Command, E>,
    stream: string,
  ): State | undefined {
    const actor = this.#mailboxes.has(stream) ? undefined : this.#actors.peek(stream);
    return actor?.loaded === true ? (actor.state as State) : undefined;
  }

  /** Shows an event of the log, so that actors follow what other processes decide. Idle actors only: a busy one finds out. */
  observe(event: RecordedEvent): void {
    if (this.#mailboxes.has(event.stream)) return;
    this.#actors.peek(event.stream)?.follow(event);
  }

  /** Lets go of a large state that nobody will ask for soon, once what is asked of it now is answered. */
  drop(stream: string): void {
    this.#inTurn(stream, async () => this.#actors.delete(stream)).catch(() => {});
  }

  /** Waits for every command in a mailbox to be answered; new ones are refused. */
  async close(): Promise<void> {
    this.#closed = true;
    while (this.#mailboxes.size > 0) await Promise.allSettled(this.#mailboxes.values());
  }

  get size(): number {
    return this.#actors.size;
  }

  /** Whether others append too, so that there is something to {@link observe}. */
  get shared(): boolean {
    return this.options.shared === true;
  }

  #actor<State extends object, Command, E extends DomainEvent>(
    aggregate: Aggregate<State, Command, E>,
    stream: string,
  ): Actor<State, Command, E> {
    const known = this.#actors.get(stream) as Actor<State, Command, E> | undefined;
    if (known !== undefined) return known;
    const actor = new Actor(aggregate, stream);
    this.#actors.set(stream, actor as unknown as AnyActor);
    return actor;
  }

  #inTurn<T>(stream: string, work: () => Promise<T>): Promise<T> {
    if (this.#closed) return Promise.reject(shuttingDown());
    const before = this.#mailboxes.get(stream);
    const turn = before === undefined ? work() : before.then(work, work);
    this.#mailboxes.set(stream, turn);
    const done = (): void => this.#release(stream, turn);
    turn.then(done, done);
    return turn;
  }

  #release(stream: string, turn: Promise<unknown>): void {
    if (this.#mailboxes.get(stream) === turn) this.#mailboxes.delete(stream);
  }

  async #reload(actor: Pick<AnyActor, 'load' | 'forget'>): Promise<void> {
    try {
      await actor.load(this.options.store);
    } catch (error) {
      actor.forget();
      throw outage(error);
    }
  }

  async #handle<State extends object, Command extends { readonly now: number }, E extends DomainEvent>(
    actor: Actor<State, Command, E>,
    unstamped: Unstamped<Command>,
    context: CommandContext,
  ): Promise<CommandAnswer<State>> {
    // Read in this turn: the answer may rest on it.
    let fresh = !this.shared;
    for (let attempt = 1; attempt <= CONFLICT_TRIES; attempt += 1) {
      if (!actor.loaded) {
        await this.#reload(actor);
        fresh = true;
      }
      const now = Math.floor(this.options.environment.clock.now());
      const command = { ...unstamped, now } as unknown as Command;
      if (foreign(actor, context)) return toStranger(actor.aggregate, command);
      const repeated = answerRepeated(actor, context);
      if (repeated !== undefined) return repeated;
      const decision = actor.aggregate.decider.decide(command, actor.state);
      if (!fresh && (!decision.accepted || decision.events.length === 0)) {
        await this.#reload(actor);
        fresh = true;
        continue;
      }
      if (!decision.accepted) return { ok: false, rejection: decision.rejection };
      const { events } = decision;
      if (events.length === 0) return done(actor, { position: 0, events, at: now });
      try {
        const position = await this.#append(actor, events, now, context);
        return done(actor, { position, events, at: now });
      } catch (error) {
        if (!isEventStoreError(error, 'wrong_expected_revision')) {
          actor.forget();
          throw outage(error);
        }
        // Another process decided first: read what it decided, and decide anew.
        await this.#reload(actor);
        fresh = true;
      }
    }
    throw new CommandOutage(
      'contention',
      `${actor.stream} changed ${CONFLICT_TRIES} times while the command was being decided; try again`,
    );
  }

  async #append<State extends object, Command extends { readonly now: number }, E extends DomainEvent>(
    actor: Actor<State, Command, E>,
    events: readonly E[],
    now: number,
    context: CommandContext,
  ): Promise<number> {
    const { aggregate, stream } = actor;
    const { evolve } = aggregate.decider;
    let { state } = actor;
    for (const event of events) state = evolve(state, event, now);
    const follow = this.#follows.get(aggregate.kind) as Follow<State, Command> | undefined;
    const followUp = followUpOf(follow, aggregate.decider, { stream, events, context }, { state, now });
    const followed = followUp && { events: followUp.events, actor: followUp.asked.actor };
    for (const event of followed?.events ?? []) state = evolve(state, event, now);
    const wakeAt = aggregate.wakeAt === undefined ? undefined : (aggregate.wakeAt(state) ?? null);
    const nextId = (): string => this.options.environment.ids.next();
    const batch = envelopes({ events, context, followed }, { now, wakeAt, nextId });
    let stored: Appended;
    try {
      stored = await settled(this.options, stream, actor.revision, batch);
    } catch (error) {
      followUp?.asked.dropped(!isEventStoreError(error, 'wrong_expected_revision'));
      throw error;
    }
    const { position, revision } = stored;
    actor.state = state;
    actor.tenant ??= context.tenant;
    actor.revision = revision;
    actor.sinceSnapshot += batch.length;
    if (context.idempotency !== undefined) actor.remember({ ...context.idempotency, revision, position });
    if (actor.sinceSnapshot >= this.options.snapshotEvery) {
      actor
        .writeSnapshot(this.options.store)
        .catch((error: unknown) => this.options.onSnapshotError?.(stream, error));
    }
    followUp?.asked.stored(state);
    return position;
  }
}
