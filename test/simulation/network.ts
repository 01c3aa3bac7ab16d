import type { NatsConnection } from '@nats-io/transport-node';
import type { Bucket } from './bucket.js';
import { Link } from './link.js';
import type { Machine } from './machine.js';
import type { Process } from './process.js';
import type { Random } from './random.js';
import { WorkQueue } from './work-queue.js';

type Message = { readonly subject: string; readonly data: Uint8Array; respond(data: string): void };
type Callback = (error: null, message: Message) => void;
type Reply = (data: string | undefined) => void;
type Subscriber = {
  readonly tokens: readonly string[];
  readonly link: Link;
  readonly callback: Callback;
};

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const matches = (pattern: readonly string[], subject: readonly string[]): boolean =>
  pattern.length === subject.length &&
  pattern.every((token, index) => token === '*' || token === subject[index]);

/** The server that all nodes speak to: it passes messages on, keeps the queue of work and the buckets, and never lies. */
export class Network {
  readonly queue: WorkQueue;
  readonly buckets = new Map<string, Bucket>();
  readonly #subscribers = new Set<Subscriber>();

  constructor(
    readonly machine: Machine,
    private readonly random: Random,
  ) {
    this.queue = new WorkQueue(machine);
  }

  connect(name: string, process: Process): Connection {
    const connection = new Connection(this, name, new Link(this.machine, this.random, process), process);
    process.onDeath(() => this.forget(connection.link));
    return connection;
  }

  subscribe(subscriber: Subscriber): () => void {
    this.#subscribers.add(subscriber);
    return () => this.#subscribers.delete(subscriber);
  }

  /** Of a connection that is gone nothing is left here. */
  forget(link: Link): void {
    for (const subscriber of this.#subscribers)
      if (subscriber.link === link) this.#subscribers.delete(subscriber);
    this.queue.leave(link);
    for (const bucket of this.buckets.values()) bucket.forget(link);
  }

  /** What the server tells of a bucket's stream: of its subjects those that are asked for. */
  #infoOf(bucket: string, asked: string): string {
    const { subjects_filter: filter = '' } = JSON.parse(asked) as { readonly subjects_filter?: string };
    const named = (this.buckets.get(bucket)?.keys ?? []).map((key) => `$KV.${bucket}.${key}`);
    const found = named.filter((subject) => matches(filter.split('.'), subject.split('.')));
    const subjects = Object.fromEntries(found.map((subject) => [subject, 1]));
    return JSON.stringify({ config: { name: `KV_${bucket}` }, state: { messages: named.length, subjects } });
  }

  /** A publication or a question. To one that nobody could answer the server says so. */
  take(subject: string, data: string, reply?: Reply, id?: string): void {
    const tokens = subject.split('.');
    if (tokens[2] === 'work') {
      if (this.queue.gone) return reply?.(undefined);
      this.queue.publish(data, id);
      return reply?.('{"stream":"work","seq":1}');
    }
    const bucket = tokens.slice(0, 4).join('.') === '$JS.API.STREAM.INFO' ? bucketOf(tokens[4]) : undefined;
    if (bucket !== undefined) return reply?.(this.#infoOf(bucket, data));
    let heard = false;
    for (const { tokens: pattern, link, callback } of this.#subscribers) {
      if (!matches(pattern, tokens)) continue;
      heard = true;
      const respond = (answer: string): void => link.up(() => reply?.(answer));
      link.down(() => callback(null, { subject, data: encoder.encode(data), respond }));
    }
    if (!heard) reply?.(undefined);
  }
}

/** The bucket that a stream stands for. */
const bucketOf = (stream = ''): string | undefined => /^KV_(.+)$/.exec(stream)?.[1];

type Asked = { readonly timeout: number; readonly headers?: { get(name: string): string } };

/** One node's connection, as far as our adapters use it: the client's own JetStream code publishes through it. */
export class Connection {
  readonly options = { inboxPrefix: '_INBOX' };
  #closed = false;

  constructor(
    readonly network: Network,
    readonly name: string,
    readonly link: Link,
    readonly process: Process,
  ) {}

  get nc(): NatsConnection {
    return this as unknown as NatsConnection;
  }

  async *status(): AsyncGenerator<{ readonly type: 'reconnect' }> {
    for (;;) {
      await this.link.reconnected;
      yield { type: 'reconnect' };
    }
  }

  isClosed(): boolean {
    return this.#closed;
  }

  close(): void {
    this.#closed = true;
    this.network.forget(this.link);
  }

  publish(subject: string, data: string, { headers }: Pick<Asked, 'headers'> = {}): void {
    this.process.cross();
    this.link.up(() => this.network.take(subject, data, undefined, headers?.get('Nats-Msg-Id')));
  }

  subscribe(subject: string, { callback }: { readonly callback: Callback }): { unsubscribe(): void } {
    const { link, network } = this;
    return { unsubscribe: network.subscribe({ tokens: subject.split('.'), link, callback }) };
  }

  async request(subject: string, payload: string | Uint8Array, { timeout, headers }: Asked) {
    const id = headers?.get('Nats-Msg-Id');
    const data = typeof payload === 'string' ? payload : decoder.decode(payload);
    const answer = await this.ask<string | undefined>(
      (reply) => this.network.take(subject, data, reply, id),
      timeout,
    );
    if (answer === undefined) throw new Error(`nobody answers ${subject}`);
    return { data: encoder.encode(answer), json: (): unknown => JSON.parse(answer) };
  }

  /** There and back over the link; an answer that does not come in time does not come any more. */
  ask<T>(question: (reply: (answer: T) => void, refuse: (why: Error) => void) => void, timeout: number) {
    const { link, process } = this;
    process.cross();
    return new Promise<T>((resolve, reject) => {
      const cancel = process.environment.timers.after(timeout, () => reject(new Error('timed out')));
      const settled = (settle: () => void): void =>
        link.down(() => {
          process.cross();
          cancel();
          process.hear(settle);
        });
      link.up(() =>
        question(
          (answer) => settled(() => resolve(answer)),
          (why) => settled(() => reject(why)),
        ),
      );
    });
  }
}
