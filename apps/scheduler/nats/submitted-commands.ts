import { AckPolicy, jetstream, type Consumer, type JetStreamClient, type JsMsg } from '@nats-io/jetstream';
import { nanos, type NatsConnection } from '@nats-io/transport-node';
import { streams, subjects, tokensOf } from '#lib/contracts/messages';
import type { JetStreamLayout } from '#lib/messaging/nats';
import type { Engine } from '#lib/wiring';
import { refusalOf } from './answer.js';
import type { NatsOperations } from './operations.js';
import { PlainRequests } from './plain-json.js';

const CONSUMER = 'schedulers';
const BATCH = 100;
const EXPIRES_MS = 5_000;
const ACK_WAIT_MS = 30_000;
const RETRY_MS = 2_000;
const PAUSE_MS = 1_000;

/**
 * Fire and forget, but not forgotten: commands that wait in a JetStream work queue until a node has decided them. The
 * idempotency key, from the header `Idempotency-Key` or else `Nats-Msg-Id` or the place in the stream, makes a
 * redelivered command the same command. The answer goes to the subject in the header `Reply-Subject`, if there is one.
 */
export class SubmittedCommands {
  readonly #js: JetStreamClient;
  readonly #requests = new PlainRequests();
  #stopped = false;
  #running: Promise<void> | undefined;
  #messages: { close(): Promise<unknown> } | undefined;

  constructor(
    private readonly engine: Engine,
    private readonly operations: NatsOperations,
    private readonly nats: { readonly nc: NatsConnection; readonly layout: JetStreamLayout },
  ) {
    this.#js = jetstream(nats.nc, { timeout: 10_000 });
  }

  start(): void {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#messages?.close().catch(() => {});
    await this.#running;
  }

  async #run(): Promise<void> {
    let consumer: Consumer | undefined;
    while (!this.#stopped) {
      try {
        consumer ??= await this.#consumer();
        const messages = await consumer.fetch({ max_messages: BATCH, expires: EXPIRES_MS });
        this.#messages = messages;
        const open: Promise<void>[] = [];
        for await (const message of messages) open.push(this.#decide(message));
        await Promise.all(open);
      } catch (error) {
        consumer = undefined;
        if (this.#stopped || this.nats.nc.isClosed()) return;
        this.engine.log('warn', 'submitted commands: will be tried again', { error });
        await new Promise<void>((resolve) => this.engine.environment.timers.after(PAUSE_MS, resolve));
      }
    }
  }

  async #consumer(): Promise<Consumer> {
    const { layout } = this.nats;
    await layout.ensure();
    await layout.manager.consumers.add(streams.commands, {
      durable_name: CONSUMER,
      ack_policy: AckPolicy.Explicit,
      ack_wait: nanos(ACK_WAIT_MS),
      max_ack_pending: 1_000,
    });
    return this.#js.consumers.get(streams.commands, CONSUMER);
  }

  async #decide(message: JsMsg): Promise<void> {
    const [, tenant = '', resource = '', verb = ''] = tokensOf(message.subject);
    const header = (name: string): string | undefined => message.headers?.get(name) || undefined;
    const key = header('Idempotency-Key') ?? header('Nats-Msg-Id') ?? `${streams.commands}-${message.seq}`;
    const payload: unknown = this.#requests.deserialize(message).data;
    const { retry, ...answer } = await this.operations.answer({ tenant, resource, verb, payload, key });
    if (retry === true) return message.nak(RETRY_MS);
    const replyTo = header('Reply-Subject');
    if (replyTo !== undefined && isSubject(replyTo))
      this.nats.nc.publish(replyTo, JSON.stringify({ key, ...answer }));
    const refusal = refusalOf(answer);
    if (refusal !== undefined && !(await this.#parked(message, refusal))) return message.nak(RETRY_MS);
    message.ack();
  }

  /** A refusal that nobody may be listening for is kept where an operator finds it; until it is, the command stays. */
  async #parked(message: JsMsg, problem: object): Promise<boolean> {
    const { subject, seq, data } = message;
    const record = { subject, sequence: seq, problem, payload: Buffer.from(data).toString('base64') };
    try {
      await this.#js.publish(subjects.parked('commands'), JSON.stringify(record), {
        msgID: `commands-${seq}`,
      });
      return true;
    } catch (error) {
      this.engine.log('warn', `a refused command could not be parked yet: ${subject}`, { error, problem });
      await this.nats.layout.ensure().catch(() => {});
      return false;
    }
  }
}

/** A subject to publish to: no wildcards, no blanks, and none of ours. */
const isSubject = (subject: string): boolean =>
  /^[^\s*>.]+(\.[^\s*>.]+)*$/.test(subject) && !subject.startsWith('syncopate.') && !subject.startsWith('$');
