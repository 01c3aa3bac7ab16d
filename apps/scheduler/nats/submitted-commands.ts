import { AckPolicy, jetstream, type Consumer, type JetStreamClient, type JsMsg } from '@nats-io/jetstream';
import { nanos, type NatsConnection } from '@nats-io/transport-node';
import { streams, subjects, tokensOf } from '#lib/contracts/messages';
import type { JetStreamLayout } from '#lib/messaging/nats';
import type { Engine } from '#lib/wiring';
import { refusalOf, roomIn } from './answer.js';
import type { NatsOperations } from './operations.js';
import { InOrder } from './in-order.js';
import { parkedCommand } from './parked-command.js';
import { PlainRequests } from './plain-json.js';

const CONSUMER = 'schedulers';
const BATCH = 100;
const EXPIRES_MS = 5_000;
const ACK_WAIT_MS = 30_000;
const RETRY_MS = 2_000;
const PAUSE_MS = 1_000;
/** A server closes the connection that names a longer one. */
const LONGEST_SUBJECT = 255;

/**
 * Fire and forget, but not forgotten: commands that wait in a JetStream work queue until they are decided, by the one node
 * that has the lease: those about one schedule or connection in the order in which they came. The idempotency key, from the
 * header `Idempotency-Key` or else `Nats-Msg-Id` or the place in the stream and the time at which it came there, makes a
 * redelivered command the same command: places begin anew with a stream that was lost. The answer goes to the subject in
 * the header `Reply-Subject`, if there is one.
 */
export class SubmittedCommands {
  readonly #js: JetStreamClient;
  readonly #requests = new PlainRequests();
  readonly #inOrder: InOrder;
  readonly #deciding = new Set<Promise<void>>();
  #begun = false;
  #stopped = false;
  #running: Promise<void> | undefined;
  #messages: { close(): Promise<unknown> } | undefined;

  constructor(
    private readonly engine: Engine,
    private readonly operations: NatsOperations,
    private readonly nats: { readonly nc: NatsConnection; readonly layout: JetStreamLayout },
  ) {
    this.#js = jetstream(nats.nc, { timeout: 10_000 });
    this.#inOrder = new InOrder(() => engine.environment.clock.monotonic());
  }

  start(): void {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#messages?.close().catch(() => {});
    await this.#running;
    await Promise.allSettled(this.#deciding);
  }

  async #run(): Promise<void> {
    let consumer: Consumer | undefined;
    while (!this.#stopped) {
      try {
        consumer ??= await this.#consumer();
        // One that takes long holds up what is about the same, and nobody else.
        if (this.#deciding.size >= BATCH) await Promise.race(this.#deciding);
        const messages = await consumer.fetch({
          max_messages: BATCH - this.#deciding.size,
          expires: EXPIRES_MS,
        });
        this.#messages = messages;
        for await (const message of messages) this.#begin(message);
      } catch (error) {
        consumer = undefined;
        if (this.#stopped || this.nats.nc.isClosed()) return;
        this.engine.trouble('commands', error);
        await new Promise<void>((resolve) => this.engine.environment.timers.after(PAUSE_MS, resolve));
      }
    }
  }

  async #consumer(): Promise<Consumer> {
    const { layout } = this.nats;
    await layout.ensure();
    // Made anew by whoever has the lease now, it gives all that is not decided again, from the first on: what another one was
    // given, or gave back, would otherwise come after what was sent since.
    if (!this.#begun) await layout.manager.consumers.delete(streams.commands, CONSUMER).catch(() => false);
    this.#begun = true;
    await layout.manager.consumers.add(streams.commands, {
      durable_name: CONSUMER,
      ack_policy: AckPolicy.Explicit,
      ack_wait: nanos(ACK_WAIT_MS),
      max_ack_pending: 1_000,
    });
    return this.#js.consumers.get(streams.commands, CONSUMER);
  }

  #begin(message: JsMsg): void {
    const deciding = this.#inTurn(message).catch((error: unknown) => {
      this.engine.log('warn', `submitted command ${message.subject}: will come again`, { error });
    });
    this.#deciding.add(deciding);
    void deciding.finally(() => this.#deciding.delete(deciding));
  }

  async #inTurn(message: JsMsg): Promise<void> {
    const payload: unknown = this.#requests.deserialize(message).data;
    await this.#inOrder.take(aboutOf(message.subject, payload), message.seq, {
      decide: () => this.#take(message, payload),
      giveBack: () => this.#giveBack(message),
    });
  }

  /** Whether it is decided. Nothing that one message does ends the others' turn: it comes again. */
  async #take(message: JsMsg, payload: unknown): Promise<boolean> {
    try {
      if (await this.#decided(message, payload)) return true;
    } catch (error) {
      this.engine.log('error', `submitted command ${message.subject} failed: will be tried again`, { error });
    }
    this.#giveBack(message);
    return false;
  }

  #giveBack(message: JsMsg): void {
    if (!this.nats.nc.isClosed()) message.nak(RETRY_MS);
  }

  /** Not, where it met an outage or its refusal could not be kept. */
  async #decided(message: JsMsg, payload: unknown): Promise<boolean> {
    const [, tenant = '', resource = '', verb = ''] = tokensOf(message.subject);
    const header = (name: string): string | undefined => message.headers?.get(name) || undefined;
    const key =
      header('Idempotency-Key') ?? header('Nats-Msg-Id') ?? `${streams.commands}-${placeOf(message)}`;
    const { retry, ...answer } = await this.operations.answer({ tenant, resource, verb, payload, key });
    if (retry === true) return false;
    const replyTo = header('Reply-Subject');
    if (replyTo !== undefined && isSubject(replyTo)) this.#reply(replyTo, { key, ...answer });
    const refusal = refusalOf(answer);
    if (refusal !== undefined && !(await this.#parked(message, refusal))) return false;
    message.ack();
    return true;
  }

  /** What was decided stays decided, whether or not anybody can be told. */
  #reply(subject: string, answer: object): void {
    try {
      this.nats.nc.publish(subject, JSON.stringify(answer));
    } catch (error) {
      this.engine.log('warn', `a submitted command's answer cannot be sent to ${subject}`, { error });
    }
  }

  /** A refusal that nobody may be listening for is kept where an operator finds it; until it is, the command stays. */
  async #parked(message: JsMsg, problem: object): Promise<boolean> {
    const record = parkedCommand(message, problem, roomIn(this.nats.nc));
    try {
      await this.#js.publish(subjects.parked('commands'), record, { msgID: `commands-${placeOf(message)}` });
      return true;
    } catch (error) {
      const what = `a refused command could not be parked yet: ${message.subject}`;
      this.engine.log('warn', what, { error, problem });
      await this.nats.layout.ensure().catch(() => {});
      return false;
    }
  }
}

/** Of a stream that is made again its first message is not the first one's double. */
const placeOf = ({ seq, info }: JsMsg): string => `${seq}-${info.timestampNanos}`;

/** What a command is about, for its turn: a run belongs to its schedule. Undefined: it waits for nobody. */
function aboutOf(subject: string, payload: unknown): string | undefined {
  const [, tenant = '', resource = ''] = tokensOf(subject);
  const { id } = (payload ?? {}) as { readonly id?: unknown };
  if (typeof id !== 'string') return undefined;
  return resource === 'runs' ? `${tenant}.schedules.${id.split('.')[0]}` : `${tenant}.${resource}.${id}`;
}

/** A subject to publish to: not too long, no wildcards, no blanks, and none of ours. */
const isSubject = (subject: string): boolean =>
  subject.length <= LONGEST_SUBJECT &&
  /^[^\s*>.]+(\.[^\s*>.]+)*$/.test(subject) &&
  !subject.startsWith('syncopate.') &&
  !subject.startsWith('$');
