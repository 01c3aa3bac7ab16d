import type { NatsConnection } from '@nats-io/transport-node';
import {
  BATCH_QUESTIONS,
  shardOf,
  subjects,
  type BatchedQuestion,
  type DeskBatchAnswer,
} from '#lib/contracts/messages';
import type { Timers } from '#lib/ports';
import { decodeJson, type Envelope } from './json.js';
import { portions } from './portions.js';

export type DeskQuestionsOptions = {
  readonly nc: NatsConnection;
  readonly executor: string;
  readonly timers: Timers;
};

type Asked = {
  readonly question: BatchedQuestion;
  readonly shard: number;
  readonly json: string;
  readonly resolve: (envelope: Envelope<unknown>) => void;
  readonly reject: (error: unknown) => void;
};

const TIMEOUT = 5_000;

/**
 * What is asked within one turn of the event loop goes out together: to the node that holds the shards, as far as its
 * answers have told, else shard by shard. A guess that is wrong costs another question, never an answer: each node
 * answers only for the shards that it holds.
 */
export class DeskQuestions {
  #waiting: Asked[] = [];
  /** What the node that holds a shard holds besides: shards with the same list go together. */
  readonly #together = new Map<number, string>();
  /** A scheduler of an earlier release was met: it takes one question at a time. */
  #singly = false;

  constructor(private readonly options: DeskQuestionsOptions) {}

  ask(question: BatchedQuestion, about: { readonly schedule: string }): Promise<Envelope<unknown>> {
    return new Promise((resolve, reject) => {
      const asked = {
        question,
        shard: shardOf(about.schedule),
        json: JSON.stringify(about),
        resolve,
        reject,
      };
      if (this.#waiting.push(asked) === 1) this.options.timers.soon(() => this.#send());
    });
  }

  #send(): void {
    const groups = new Map<string, Asked[]>();
    for (const asked of this.#waiting) {
      const key = this.#singly ? asked.json : (this.#together.get(asked.shard) ?? String(asked.shard));
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [asked]);
      else group.push(asked);
    }
    this.#waiting = [];
    for (const group of groups.values())
      for (const batch of portions(group, bytesOf, BATCH_QUESTIONS)) void this.#ask(batch);
  }

  async #ask(batch: readonly Asked[]): Promise<void> {
    const [first] = batch;
    if (first === undefined) return;
    try {
      // A batch of one asks, besides, what else the node holds.
      const alone = batch.length === 1 && (this.#singly || this.#together.has(first.shard));
      if (alone) first.resolve(await this.#alone(first));
      else await this.#all(first.shard, batch);
    } catch (error) {
      for (const { shard, reject } of batch) {
        this.#together.delete(shard);
        reject(error);
      }
    }
  }

  #apart(asked: Asked): void {
    this.#alone(asked).then(asked.resolve, asked.reject);
  }

  #alone({ shard, question, json }: Asked): Promise<Envelope<unknown>> {
    return this.request(shard, question, json);
  }

  async #all(shard: number, batch: readonly Asked[]): Promise<void> {
    const questions = batch.map(({ question, json }) => `{"question":"${question}","about":${json}}`).join();
    const reply = await this.request(shard, 'batch', `{"questions":[${questions}]}`);
    if ('invalid' in reply) {
      this.#singly = true;
      for (const asked of batch) this.#apart(asked);
      return;
    }
    if ('outage' in reply) throw new Error(reply.outage);
    const { answers, holds } = reply.answer as DeskBatchAnswer<Envelope<unknown>>;
    const held = holds.join();
    for (const shard of holds) this.#together.set(shard, held);
    for (const [index, asked] of batch.entries()) {
      const answer = answers[index] ?? { apart: true };
      if (!holds.includes(asked.shard)) this.#together.delete(asked.shard);
      if ('apart' in answer) this.#apart(asked);
      else asked.resolve(answer);
    }
  }

  /** One message and its answer, at once. */
  async request(
    shard: number,
    question: string,
    json: string,
    timeout = TIMEOUT,
  ): Promise<Envelope<unknown>> {
    const { nc, executor } = this.options;
    const { data } = await nc.request(subjects.desk(shard, executor, question), json, { timeout });
    return decodeJson(data) as Envelope<unknown>;
  }
}

/** With its name, and what stands around both. */
const bytesOf = ({ json, question }: Asked): number => Buffer.byteLength(json) + question.length + 30;
