import { webhookAggregate, type Actors, type Unstamped } from '#lib/application/actors';
import { isOutage } from '#lib/application/sagas';
import { webhookStream } from '#lib/contracts/streams';
import { isDeepStrictEqual, type Instant, type Millis } from '#lib/domain/kernel';
import {
  isFailing,
  isHeld,
  MOST_PENDING,
  wantsType,
  type Attempted,
  type LivingWebhook,
  type PendingDelivery,
  type WebhookCommand,
  type WebhookFilter,
  type WebhookState,
} from '#lib/domain/webhook';
import type { EventStore, RecordedEvent } from '#lib/event-store/port';
import type { Environment, WebhookSender } from '#lib/ports';
import { Bell } from './bell.js';
import { NewsLane, ReplayLane, type Lane } from './lanes.js';
import { firstTry, prepare, sendAll, type Due } from './sending.js';
import type { Subjects } from './subjects.js';
import { unheard } from './unheard-change.js';
import type { Place } from './places.js';
import { widened } from './widened.js';
import { Widening, type Wider } from './widening.js';

export type EndpointParts = {
  readonly store: EventStore;
  readonly actors: Actors;
  readonly environment: Environment;
  readonly sender: WebhookSender;
  readonly subjects: Subjects;
  /** Position of the feed that {@link Endpoint.offer} is called by. */
  readonly fed: () => number | undefined;
  readonly onError: (what: string, error: unknown) => void;
  readonly onAttempt: (attempt: Attempted) => void;
};

/** When there may be something to do again; undefined: when the bell rings. */
type Next = Instant | 'at once' | undefined;

/** Messages that are under way to a healthy endpoint at once; one that has yet to show that it is begins with one. */
const MOST_AT_ONCE = 16;
const PAUSE: Millis = 500;
const GRACE: Millis = 3_000;

/**
 * One endpoint: loops of which one tells what is new and what is replayed, one asks for what a wider filter wants of what
 * has passed, and one tries again what failed.
 * What becomes of each try is a command to the endpoint's actor, and nothing that matters is kept here:
 *
 *     news ──(1 … 16 at once)──► taken │ pending ──(by the table)──► taken │ pending │ dead letter
 *
 * After five failures in a row nothing new is begun: what was begun is tried again by its table, one at a time, until
 * something is taken. The log is the queue, so an outage of the receiver costs neither memory nor messages.
 */
export class Endpoint {
  readonly #abort = new AbortController();
  readonly #bell: Bell;
  readonly #replays = new Map<string, ReplayLane>();
  #state: WebhookState = { status: 'none' };
  #news: NewsLane | undefined;
  #running: Promise<unknown> = Promise.resolve();
  /** By which events are looked through: it changes where the log says so, whatever is known of the state. */
  #judgedBy: WebhookFilter = {};
  /** What has passed by the words of before is asked for there; undefined: it has not begun. */
  #widening: Widening | undefined;
  #stopping = false;
  #atOnce = 1;
  /** The receiver asked to be left alone until then. */
  #notBefore: Instant = Number.NEGATIVE_INFINITY;

  constructor(
    readonly id: string,
    readonly tenant: string,
    private readonly parts: EndpointParts,
  ) {
    this.#bell = new Bell(parts.environment);
  }

  /** @param place where an earlier life of it had come to, if that is known */
  start(place: Place): void {
    this.#running = this.#run(place);
  }

  /** What is under way may come to its end for a while. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#bell.ring();
    const cancel = this.parts.environment.timers.after(GRACE, () => this.#abort.abort());
    await this.#running;
    cancel();
    this.#abort.abort();
  }

  /** Something was decided about it, at a position of the log: whoever did that wants to see what it does. */
  changed(at: number): void {
    this.#notBefore = Number.NEGATIVE_INFINITY;
    void this.#again(() => this.#refresh()).then(() => this.#wantMore(at));
  }

  /** What it wants since then, and what has passed already by the words of before, is delivered by name. */
  #wantMore(at: number): void {
    if (!('id' in this.#state)) return;
    const { definition, version } = this.#state;
    const { tenant, parts } = this;
    const filters = { before: this.#judgedBy, now: definition.filter };
    this.#judgedBy = filters.now;
    const through = this.#news?.considered ?? 0;
    const wider: Wider = (after) => widened(filters, { after: Math.max(at, after), through }, tenant, parts);
    const same = isDeepStrictEqual(filters.before, filters.now);
    this.#widening?.heard(version, through > at && !same ? wider : undefined);
    this.#bell.ring();
  }

  offer(events: readonly RecordedEvent[], position: number): void {
    if (this.#news?.offer(events, position) === true) this.#bell.ring();
  }

  /** Where a restart may begin; undefined: that is not known yet. */
  get safe(): number | undefined {
    return this.#news?.safe;
  }

  /** By which version of it that was judged; undefined: see {@link safe}. */
  get version(): number | undefined {
    return this.#widening?.version;
  }

  /** It has been told everything that the feed has given. */
  get idle(): boolean {
    return this.#news?.idle === true;
  }

  /** Its definition holds while it is disabled too: what it is to be told of waits in the log. */
  readonly #wants = ({ metadata, type }: RecordedEvent): boolean =>
    metadata.tenant === this.tenant && wantsType(this.#judgedBy, type);

  get #active(): LivingWebhook | undefined {
    return 'id' in this.#state && this.#state.status === 'active' ? this.#state : undefined;
  }

  async #run({ after, version }: Place): Promise<void> {
    await this.#again(() => this.#refresh());
    if (!('id' in this.#state)) return;
    const state = this.#state;
    this.#judgedBy = state.definition.filter;
    const { store, fed } = this.parts;
    const begin = Math.max(after, state.through);
    this.#news = new NewsLane(begin, store, this.#wants, fed);
    this.#widening = new Widening(version);
    this.#widening.heard(state.version, unheard(state, { since: version, begin }, this.tenant, this.parts));
    const rounds = [() => this.#tellNews(), () => this.#tellMore(), () => this.#tryAgain()];
    await Promise.all(rounds.map((round) => this.#loop(round)));
  }

  async #refresh(): Promise<void> {
    const { state } = await this.parts.actors.read(webhookAggregate, webhookStream(this.id));
    this.#know(state);
    this.#bell.ring();
  }

  /** A version that changed no words is settled with the one before. */
  #know(state: WebhookState): void {
    this.#state = state;
    if (!('id' in state) || state.version === this.#widening?.version) return;
    if (isDeepStrictEqual(state.definition.filter, this.#judgedBy)) this.#widening?.heard(state.version);
  }

  async #loop(round: () => Promise<Next>): Promise<void> {
    while (!this.#stopping) {
      const heard = this.#bell.rung;
      const next = await this.#again(round);
      if (this.#stopping) return;
      // Others have their turn, however much there is to look through.
      if (next === 'at once')
        await new Promise<void>((resolve) => this.parts.environment.timers.soon(resolve));
      else await this.#bell.sleep(next, this.#abort.signal, heard);
    }
  }

  /** While the store is away, and whatever else goes wrong here, again later; undefined once it is stopped. */
  async #again<T>(work: () => Promise<T>): Promise<T | undefined> {
    const { signal } = this.#abort;
    const { environment, onError } = this.parts;
    while (!signal.aborted) {
      try {
        return await work();
      } catch (error) {
        if (!signal.aborted && !isOutage(error)) onError(`webhooks ${this.id}`, error);
        await this.#bell.sleep(environment.clock.now() + PAUSE, signal);
      }
    }
    return undefined;
  }

  /** What is new, and of each replay, as much as may be under way at once. */
  async #tellNews(): Promise<Next> {
    const webhook = this.#active;
    if (webhook === undefined || this.#news === undefined || isHeld(webhook)) return undefined;
    if (this.parts.environment.clock.now() < this.#notBefore) return this.#notBefore;
    let told = await this.#tell(this.#news);
    for (const { id, through, upTo } of webhook.replays) {
      const known = this.#replays.get(id);
      const lane = known ?? new ReplayLane({ id, after: through, upTo }, this.parts.store, this.#wants);
      this.#replays.set(id, lane);
      told = (await this.#tell(lane)) || told;
    }
    return told ? 'at once' : undefined;
  }

  /** What is wanted since its words changed: no more of it at once than leaves room for what is new. */
  async #tellMore(): Promise<Next> {
    if (!('id' in this.#state) || this.#state.pending.length >= MOST_PENDING / 2) return undefined;
    const delivery = await this.#widening?.next();
    if (delivery === undefined) return undefined;
    await this.#execute({ type: 'RedeliverEvent', delivery });
    this.#widening?.told();
    return 'at once';
  }

  /** Whether there was anything. */
  async #tell(lane: Lane): Promise<boolean> {
    const webhook = this.#active;
    if (webhook === undefined || isHeld(webhook)) return false;
    const taken = await lane.take(isFailing(webhook) ? 1 : this.#atOnce);
    if (taken === undefined) return false;
    const { events, through, over = false } = taken;
    // Whoever enabled it again may have wanted to skip some.
    const wanted =
      lane.replay === undefined ? events.filter((event) => event.position > webhook.through) : events;
    const due = wanted.map((event) => firstTry(event, lane.replay));
    if (!(await this.#send(due, webhook, through))) return false;
    lane.settled();
    if (over && lane.replay !== undefined) {
      await this.#again(() => this.#execute({ type: 'CompleteWebhookReplay', replay: lane.replay ?? '' }));
      this.#replays.delete(lane.replay);
    }
    return true;
  }

  /** What is due of what failed: as much as may be at once, or the first while nothing is taken. */
  async #tryAgain(): Promise<Next> {
    const webhook = this.#active;
    const now = this.parts.environment.clock.now();
    if (now < this.#notBefore) return this.#notBefore;
    const byTime = webhook?.pending.toSorted((one, other) => one.retryAt - other.retryAt) ?? [];
    const due = byTime.filter(({ retryAt }) => retryAt <= now);
    if (webhook === undefined || due.length === 0) return byTime[0]?.retryAt;
    const window = due.slice(0, isFailing(webhook) ? 1 : this.#atOnce);
    await this.#send(await Promise.all(window.map((pending) => this.#dueAgain(pending))), webhook);
    return 'at once';
  }

  async #dueAgain({ retryAt: _, ...pending }: PendingDelivery): Promise<Due> {
    const { stream, revision, attempt } = pending;
    const [event] = await this.parts.store.readStream(stream, { from: revision, limit: 1 });
    return { event, isNew: false, delivery: { ...pending, attempt: attempt + 1 } };
  }

  /** Sends, and tells the actor. False: it was stopped before that was stored, and all of it will be sent again. */
  async #send(due: readonly Due[], webhook: LivingWebhook, through?: number): Promise<boolean> {
    const { sender, subjects, environment, onAttempt } = this.parts;
    const { signal } = this.#abort;
    const prepared = await this.#again(() => prepare(due, webhook, this.tenant, subjects));
    if (prepared === undefined) return false;
    const attempts = await this.#again(() => sendAll(prepared, sender, environment, signal));
    if (attempts === undefined) return false;
    if (attempts.length === 0) return true;
    for (const attempt of attempts) onAttempt(attempt);
    this.#adapt(attempts);
    const report = { type: 'ReportDeliveries', attempts, through } as const;
    return (await this.#again(() => this.#execute(report))) === true;
  }

  /** Twice as many at once where all were taken, one where one was not; and when it may be asked again at all. */
  #adapt(attempts: readonly Attempted[]): void {
    const taken = attempts.every(({ result }) => result.kind === 'delivered');
    this.#atOnce = taken ? Math.min(MOST_AT_ONCE, this.#atOnce * 2) : 1;
    const now = this.parts.environment.clock.now();
    for (const { result } of attempts)
      if (result.kind === 'failed' && result.retryAfterMs !== undefined)
        this.#notBefore = Math.max(this.#notBefore, now + result.retryAfterMs);
  }

  async #execute(command: Unstamped<WebhookCommand>): Promise<true> {
    const { actors, environment } = this.parts;
    const context = { tenant: this.tenant, actor: 'webhooks', correlation: environment.ids.next() };
    const answer = await actors.execute(webhookAggregate, webhookStream(this.id), command, context);
    if (answer.ok) this.#know(answer.state);
    this.#bell.ring();
    return true;
  }
}
