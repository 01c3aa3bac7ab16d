import { z } from 'zod';
import type { Msg, NatsConnection, Subscription } from '@nats-io/transport-node';
import {
  BATCH_BYTES,
  checkpointSchema,
  claimSchema,
  connectionSchema,
  deskBatchSchema,
  heartbeatSchema,
  reportSchema,
  shardLease,
  shardOf,
  SHARDS,
  subjects,
  tokenSchema,
  tokensOf,
  type Heartbeat,
  type StopMessage,
} from '#lib/contracts/messages';
import type { ExecutorDesk } from '#lib/messaging/port';
import type { Leases, Timers } from '#lib/ports';
import { parseMessage, parseValue, type Envelope } from './json.js';

type Question = (desk: ExecutorDesk, executor: string, about: unknown) => Promise<Envelope<unknown>>;

/** Who asks is said by the subject, which permissions can bind to a user; not by the payload. */
const question =
  <T extends object>(
    schema: z.ZodType<T>,
    ask: (desk: ExecutorDesk, asked: T & { readonly executor: string }) => Promise<unknown>,
  ): Question =>
  async (desk, executor, about) => {
    const parsed = parseValue(schema, about);
    return parsed.ok ? { answer: await ask(desk, { ...parsed.value, executor }) } : { invalid: parsed.why };
  };

/** A map, since any name may be asked for: `constructor` is none. */
const questions: ReadonlyMap<string, Question> = new Map([
  ['claim', question(claimSchema, (desk, asked) => desk.claim(asked))],
  ['checkpoint', question(checkpointSchema, (desk, asked) => desk.checkpoint(asked))],
  ['report', question(reportSchema, (desk, asked) => desk.report(asked))],
  ['connection', question(connectionSchema, (desk, asked) => desk.connection(asked))],
  ['token', question(tokenSchema, (desk, asked) => desk.token(asked))],
]);

/** How long the quick ones of a batch wait for the slow: leases run meanwhile, and nobody who waits can say that it is alive. */
const PATIENCE = 500;
const NOT_HELD = JSON.stringify({ outage: 'this node does not hold the shard any more' });
const APART = JSON.stringify({ apart: true });

/** Of what a question is about; what is malformed goes to a shard like any other, and is refused by its schema. */
function shardAbout(about: unknown): number {
  const { schedule } = (about ?? {}) as { readonly schedule?: unknown };
  return shardOf(typeof schedule === 'string' ? schedule : '');
}

export type DeskServerOptions = {
  readonly nc: NatsConnection;
  readonly leases: Leases;
  readonly desk: ExecutorDesk;
  readonly onBeat: (beat: Heartbeat) => void;
  readonly timers: Timers;
  readonly onError: (what: string, error: unknown) => void;
};

/**
 * Answers executors' questions about the schedules of the shards that this node holds: so all commands of a running
 * schedule meet in one process. A question for a shard that nobody holds has no responder, and is asked again.
 * Heartbeats go to every node: whoever wins a shard knows who is alive.
 */
export class DeskServer {
  readonly #shards = new Map<number, Subscription>();
  readonly #beats: Subscription;
  readonly #forget: () => void;

  constructor(private readonly options: DeskServerOptions) {
    const { nc, leases } = options;
    this.#beats = nc.subscribe(subjects.beat('*'), { callback: (_, message) => this.#beat(message) });
    this.#forget = leases.onChange(() => this.#follow());
    this.#follow();
  }

  close(): void {
    this.#forget();
    if (this.options.nc.isClosed()) return;
    this.#beats.unsubscribe();
    for (const subscription of this.#shards.values()) subscription.unsubscribe();
  }

  #follow(): void {
    const { nc, leases } = this.options;
    if (nc.isClosed()) return;
    for (let shard = 0; shard < SHARDS; shard += 1) {
      const subscription = this.#shards.get(shard);
      if (leases.holds(shardLease(shard))) {
        if (subscription !== undefined) continue;
        const callback = (_: unknown, message: Msg): void => void this.#question(shard, message);
        this.#shards.set(shard, nc.subscribe(subjects.desk(shard, '*', '*'), { callback }));
      } else if (subscription !== undefined) {
        subscription.unsubscribe();
        this.#shards.delete(shard);
      }
    }
  }

  async #question(shard: number, message: Msg): Promise<void> {
    const [, , executor = '', question = ''] = tokensOf(message.subject);
    try {
      message.respond(await this.#reply(shard, executor, question, message.data));
    } catch (error) {
      // An answer that NATS does not take: whoever asked hears nothing, and asks again.
      this.options.onError(`desk ${question}`, error);
    }
  }

  async #reply(shard: number, executor: string, question: string, data: Uint8Array): Promise<string> {
    if (!this.options.leases.holds(shardLease(shard))) {
      // Who does not hold it would go on answering before the one who does.
      this.#follow();
      return NOT_HELD;
    }
    const asked = parseMessage(z.unknown(), data);
    if (!asked.ok) return JSON.stringify({ invalid: asked.why });
    if (question === 'batch') return this.#batch(executor, asked.value);
    return JSON.stringify(await this.#answer(executor, question, asked.value));
  }

  /** Each by itself, and answered together once the last one is, or patience is over: then the slow are to be asked alone. */
  async #batch(executor: string, asked: unknown): Promise<string> {
    const parsed = parseValue(deskBatchSchema, asked);
    if (!parsed.ok) return JSON.stringify({ invalid: parsed.why });
    const { leases, timers } = this.options;
    const { questions } = parsed.value;
    const answers = questions.map(() => APART);
    const all = questions.map(async ({ question, about }, index) => {
      const held = leases.holds(shardLease(shardAbout(about)));
      answers[index] = held ? JSON.stringify(await this.#answer(executor, question, about)) : NOT_HELD;
    });
    await new Promise<void>((resolve) => {
      const cancel = timers.after(PATIENCE, resolve);
      void Promise.all(all).then(() => {
        cancel();
        resolve();
      });
    });
    let bytes = 0;
    const fitting = answers.map((answer) => {
      bytes += Buffer.byteLength(answer);
      return bytes <= BATCH_BYTES ? answer : APART;
    });
    const holds = [...this.#shards.keys()].filter((shard) => leases.holds(shardLease(shard)));
    return `{"answer":{"answers":[${fitting.join()}],"holds":[${holds.join()}]}}`;
  }

  async #answer(executor: string, question: string, about: unknown): Promise<Envelope<unknown>> {
    const ask = questions.get(question);
    if (ask === undefined) return { invalid: `there is no question ${question}` };
    try {
      return await ask(this.options.desk, executor, about);
    } catch (error) {
      // Outages of the store, mostly: whoever asks repeats it.
      this.options.onError(`desk ${question}`, error);
      return { outage: error instanceof Error ? error.message : 'it failed' };
    }
  }

  #beat(message: Msg): void {
    const { desk, onBeat, nc, onError } = this.options;
    const executor = tokensOf(message.subject)[1] ?? '';
    const parsed = parseMessage(heartbeatSchema, message.data);
    if (!parsed.ok) return onError('heartbeat', new Error(`from ${executor}: ${parsed.why}`));
    const beat = { ...parsed.value, executor };
    onBeat(beat);
    desk.heartbeat(beat).then(
      ({ lost, cancel }) => {
        const stop = (what: StopMessage): void => nc.publish(subjects.stop(executor), JSON.stringify(what));
        for (const { run, fence } of lost) stop({ run, fence, lost: true });
        for (const run of cancel) stop({ run });
      },
      (error: unknown) => onError('heartbeat', error),
    );
  }
}
