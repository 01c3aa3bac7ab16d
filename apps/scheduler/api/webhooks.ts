import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { webhookAggregate, type Accepted, type Unstamped } from '#lib/application/actors';
import { WebhookMessage } from '#lib/application/commands';
import { idFor } from '#lib/application/creation';
import {
  changedWebhook,
  createWebhookBody,
  emptyBody,
  enableWebhookBody,
  noteBody,
  replayBody,
  rotateSecretBody,
  toWebhook,
  updateWebhookBody,
  webhookId,
} from '#lib/contracts/api';
import { webhookStream } from '#lib/contracts/streams';
import { iso } from '#lib/domain/kernel';
import type { LivingWebhook, WebhookCommand, WebhookState } from '#lib/domain/webhook';
import { isEventStoreError } from '#lib/event-store/port';
import { Engine } from '#lib/wiring';
import type { Call, Reply } from './call.js';
import { accepted, notFound, parse } from './input.js';
import { problem, ProblemException } from './problem.js';
import { vaultOutage } from './vault-problem.js';

/** What a command on a webhook answers. */
const answerOf = ({ state, revision, position, events, repeated }: Accepted<WebhookState>) => ({
  ...('id' in state ? { id: state.id } : {}),
  status: state.status,
  ...('id' in state ? { version: state.version } : {}),
  revision,
  position,
  events: events.map((event) => event.type),
  ...(repeated ? { repeated } : {}),
});

const invalid = (field: string, message: string, code: string): ProblemException =>
  new ProblemException(
    problem(422, 'invalid_body', `${field}: ${message}`, { errors: [{ field, message, code }] }),
  );

/** Webhooks as callers know them: what is decided about them. What is read of them is in the controller. */
@Injectable()
export class WebhookApi {
  constructor(
    @Inject(Engine) private readonly engine: Engine,
    @Inject(CommandBus) private readonly commands: CommandBus,
  ) {}

  /** Told of what comes after this. The secret is shown here, and to a repeated request, and nowhere else. */
  async create({ context, body }: Call): Promise<Reply> {
    const definition = toWebhook(parse(createWebhookBody, body));
    this.#assertUrl(definition.url);
    const id = idFor(context, this.engine.environment);
    this.#assertRoom(context.tenant, id);
    const secret = await this.#inVault(() =>
      this.engine.webhooks.secrets.ensure({ tenant: context.tenant, webhook: id }),
    );
    const after = await this.engine.store.head();
    const command = { type: 'RegisterWebhook', id, definition, after } as const;
    const answer = accepted(
      await this.commands.execute(new WebhookMessage(id, command, context)),
      this.engine,
    );
    const { state } = answer;
    // A key that made one which was deleted since: there is nothing to verify.
    if (!('id' in state)) {
      await this.#inVault(() => this.engine.webhooks.secrets.remove({ tenant: context.tenant, webhook: id }));
      throw notFound('webhook', id);
    }
    return { body: { ...answerOf(answer), secret }, version: state.version, location: `/v1/webhooks/${id}` };
  }

  async update(call: Call): Promise<Reply> {
    const { definition, version } = await this.#living(call);
    const changed = changedWebhook(definition, parse(updateWebhookBody, call.body));
    this.#assertUrl(changed.url);
    const { ifVersion = version } = call;
    return this.#command(call, { type: 'UpdateWebhook', definition: changed, ifVersion });
  }

  async remove(call: Call): Promise<Reply> {
    const { note } = parse(noteBody, call.body ?? undefined);
    const { ifVersion, id, context } = call;
    const owner = { tenant: context.tenant, webhook: parse(webhookId, id, 'path') };
    const stream = webhookStream(owner.webhook);
    const { state } = await this.engine.actors.read(webhookAggregate, stream, context.tenant);
    // Asked again because the vault was away: what is left is to be gone too.
    if (state.status === 'deleted') await this.#inVault(() => this.engine.webhooks.secrets.remove(owner));
    const reply = await this.#command(call, { type: 'DeleteWebhook', note, ifVersion });
    await this.#inVault(() => this.engine.webhooks.secrets.remove(owner));
    return reply;
  }

  disable(call: Call): Promise<Reply> {
    const { note } = parse(noteBody, call.body ?? undefined);
    return this.#command(call, { type: 'DisableWebhook', note });
  }

  async enable(call: Call): Promise<Reply> {
    const { from } = parse(enableWebhookBody, call.body ?? undefined);
    const skipTo = from === 'now' ? await this.engine.store.head() : undefined;
    return this.#command(call, { type: 'EnableWebhook', skipTo });
  }

  /** The new secret holds at once; what is sent is signed with both for a while. */
  async rotate(call: Call): Promise<Reply> {
    const { overlap } = parse(rotateSecretBody, call.body ?? undefined);
    await this.#living(call);
    const previousUntil = Math.floor(this.engine.environment.clock.now()) + overlap;
    const owner = { tenant: call.context.tenant, webhook: call.id };
    const request = call.context.idempotency?.key;
    const secret = await this.#inVault(() =>
      this.engine.webhooks.secrets.rotate(owner, previousUntil, request),
    );
    const { body, ...reply } = await this.#command(call, { type: 'RotateWebhookSecret', previousUntil });
    return { ...reply, body: { ...body, secret, previousUntil: iso(previousUntil) } };
  }

  /** Sends one message that says nothing, and answers what came of it. */
  async test(call: Call): Promise<Reply> {
    parse(emptyBody, call.body ?? undefined);
    const { definition, id } = await this.#living(call);
    this.#assertDelivers();
    const { clock, ids } = this.engine.environment;
    const message = { id: ids.next(), type: 'WebhookTest', tenant: call.context.tenant };
    const told = { type: message.type, timestamp: iso(Math.floor(clock.now())), data: { webhook: id } };
    const sent = { ...message, webhook: id, url: definition.url, body: JSON.stringify(told) };
    const result = await this.#inVault(() =>
      this.engine.webhooks.sender.send(sent, new AbortController().signal),
    );
    return { body: { message: message.id, ...result } };
  }

  /** Tells a range of the log again, under the ids of the first time. */
  async replay(call: Call): Promise<Reply> {
    const { after, through } = parse(replayBody, call.body);
    await this.#assertPosition(after);
    const upTo = Math.min(through, await this.engine.store.head());
    const replay = idFor(call.context, this.engine.environment);
    const { body, ...reply } = await this.#command(call, {
      type: 'ReplayWebhook',
      replay,
      after,
      through: upTo,
    });
    // Asked again, it is the range of the first time, which may have ended earlier.
    const range = 'repeated' in body ? {} : { after, through: upTo };
    return { ...reply, body: { ...body, replay, ...range } };
  }

  /** One delivery anew, whatever became of it. */
  async redeliver(call: Call & { readonly position: number }): Promise<Reply> {
    parse(emptyBody, call.body ?? undefined);
    await this.#living(call);
    const row = this.engine.readModel.delivery(call.id, call.position);
    if (row === undefined || row.tenant !== call.context.tenant)
      throw notFound('delivery', String(call.position));
    const { position, stream, revision, event, eventType } = row;
    const delivery = { position, stream, revision, event, eventType };
    return this.#command(call, { type: 'RedeliverEvent', delivery });
  }

  async #command(call: Call, command: Unstamped<WebhookCommand>): Promise<Reply> {
    const message = new WebhookMessage(parse(webhookId, call.id, 'path'), command, call.context);
    const answer = accepted(await this.commands.execute(message), this.engine);
    const { state } = answer;
    return { body: answerOf(answer), ...('id' in state ? { version: state.version } : {}) };
  }

  async #living({ id, context }: Call): Promise<LivingWebhook> {
    const stream = webhookStream(parse(webhookId, id, 'path'));
    const { state } = await this.engine.actors.read(webhookAggregate, stream, context.tenant);
    if (!('id' in state)) throw notFound('webhook', id);
    return state;
  }

  #assertUrl(url: string): void {
    try {
      this.engine.webhooks.check(url);
    } catch (error) {
      throw invalid('url', (error as Error).message, 'url_not_allowed');
    }
  }

  /** Where delivering is left to others, this node is not to reach out. */
  #assertDelivers(): void {
    if (this.engine.configuration.webhookDelivery === 'here') return;
    const detail =
      'this scheduler leaves delivering to other processes (SYNCOPATE_WEBHOOK_DELIVERY=elsewhere), and sends nothing itself';
    throw new ProblemException(problem(409, 'delivered_elsewhere', detail));
  }

  /** One that is asked for again under its key is no new one. */
  #assertRoom(tenant: string, id: string): void {
    const { readModel, configuration } = this.engine;
    const most = configuration.webhooksPerTenant;
    if (readModel.webhook(tenant, id) !== undefined || readModel.webhookCount(tenant) < most) return;
    const detail = `there are ${most} webhooks, which is as many as may be: delete one, or raise SYNCOPATE_WEBHOOKS_PER_TENANT`;
    throw new ProblemException(problem(409, 'too_many_webhooks', detail));
  }

  /** A store whose positions are places in its files takes only those of events. */
  async #assertPosition(after: number): Promise<void> {
    try {
      if (after > 0) await this.engine.store.readAll(after, 1);
    } catch (error) {
      if (isEventStoreError(error, 'store_unavailable')) throw error;
      throw invalid('after', 'must be the position of an event, or 0', 'no_such_position');
    }
  }

  async #inVault<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw vaultOutage(error, 'the vault is away; send the request again') ?? error;
    }
  }
}
