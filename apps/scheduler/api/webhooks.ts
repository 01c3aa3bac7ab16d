import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Accepted, Unstamped } from '#lib/application/actors';
import { WebhookMessage } from '#lib/application/commands';
import type { WebhookEndpoints } from '#lib/application/webhooks';
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
import { iso } from '#lib/domain/kernel';
import type { LivingWebhook, WebhookCommand, WebhookDefinition, WebhookState } from '#lib/domain/webhook';
import { Engine, webhookEndpoints } from '#lib/wiring';
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

const replyOf = (answer: Accepted<WebhookState>, more: object = {}): Reply => ({
  body: { ...answerOf(answer), ...more },
  ...('id' in answer.state ? { version: answer.state.version } : {}),
});

/** Webhooks as callers know them: what is decided about them. What is read of them is in the controller. */
@Injectable()
export class WebhookApi {
  readonly #endpoints: WebhookEndpoints;

  constructor(
    @Inject(Engine) private readonly engine: Engine,
    @Inject(CommandBus) private readonly commands: CommandBus,
  ) {
    this.#endpoints = webhookEndpoints(engine, (id, command, context) =>
      commands.execute(new WebhookMessage(id, command, context)),
    );
  }

  /** Told of what comes after this. The secret is shown here, and to a repeated request, and nowhere else. */
  async create({ context, body }: Call): Promise<Reply> {
    const definition = toWebhook(parse(createWebhookBody, body));
    const answer = accepted(await inVault(() => this.#endpoints.register(definition, context)), this.engine);
    const { id, secret } = answer;
    return { ...replyOf(answer, { secret }), location: `/v1/webhooks/${id}` };
  }

  async update({ context, id, body, ifVersion }: Call): Promise<Reply> {
    const changed = (definition: WebhookDefinition): WebhookDefinition =>
      changedWebhook(definition, parse(updateWebhookBody, body));
    const answer = this.#endpoints.update(parse(webhookId, id, 'path'), changed, context, ifVersion);
    return replyOf(accepted(await answer, this.engine));
  }

  async remove({ context, id, body, ifVersion }: Call): Promise<Reply> {
    const { note } = parse(noteBody, body ?? undefined);
    const webhook = parse(webhookId, id, 'path');
    const answer = await inVault(() => this.#endpoints.remove(webhook, { note, ifVersion }, context));
    return replyOf(accepted(answer, this.engine));
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
  async rotate({ context, id, body }: Call): Promise<Reply> {
    const { overlap } = parse(rotateSecretBody, body ?? undefined);
    const webhook = parse(webhookId, id, 'path');
    const answer = accepted(
      await inVault(() => this.#endpoints.rotate(webhook, overlap, context)),
      this.engine,
    );
    return replyOf(answer, { secret: answer.secret, previousUntil: iso(answer.previousUntil) });
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
    const result = await inVault(() => this.engine.webhooks.sender.send(sent, new AbortController().signal));
    return { body: { id: message.id, ...result } };
  }

  /** Tells a range of the log again, under the ids of the first time. */
  async replay({ context, id, body }: Call): Promise<Reply> {
    const range = parse(replayBody, body);
    const answer = accepted(
      await this.#endpoints.replay(parse(webhookId, id, 'path'), range, context),
      this.engine,
    );
    const { replay, after, through, repeated } = answer;
    // Asked again, it is the range of the first time, which may have ended earlier.
    return replyOf(answer, { replay, ...(repeated ? {} : { after, through }) });
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
    return replyOf(accepted(await this.commands.execute(message), this.engine));
  }

  async #living({ id, context }: Call): Promise<LivingWebhook> {
    const living = await this.#endpoints.living(parse(webhookId, id, 'path'), context.tenant);
    if (living === undefined) throw notFound('webhook', id);
    return living;
  }

  /** Where delivering is left to others, this node is not to reach out. */
  #assertDelivers(): void {
    if (this.engine.configuration.webhookDelivery === 'here') return;
    const detail =
      'this scheduler leaves delivering to other processes (SYNCOPATE_WEBHOOK_DELIVERY=elsewhere), and sends nothing itself';
    throw new ProblemException(problem(409, 'delivered_elsewhere', detail));
  }
}

async function inVault<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw vaultOutage(error, 'the vault is away; send the request again') ?? error;
  }
}
