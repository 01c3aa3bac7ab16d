import {
  webhookAggregate,
  type Accepted,
  type CommandContext,
  type Refused,
  type Unstamped,
} from '#lib/application/actors';
import type { WebhookEndpoints } from '#lib/application/webhooks';
import {
  parseWebhook,
  parseWebhookChanges,
  replayBody,
  type WebhookChanges,
  type WebhookInput,
} from '#lib/contracts/api';
import { webhookStream } from '#lib/contracts/streams';
import { DAY, type Millis } from '#lib/domain/kernel';
import type { WebhookCommand, WebhookDefinition, WebhookState } from '#lib/domain/webhook';
import type { DeliveryRow, DeliveryStatus, WebhookRow } from '#lib/projections';
import { webhookEndpoints, type Engine } from '#lib/wiring';
import { itemsOf } from './pages.js';
import { accepted } from './rejection.js';
import { requestContext, type RequestOptions } from './request.js';

/** Longest overlap of two secrets. */
const LONGEST_OVERLAP = 30 * DAY;

/** Endpoints that are told of events. Every method that writes resolves when the log has it. */
export class WebhookManager {
  readonly #endpoints: WebhookEndpoints;

  constructor(
    private readonly engine: Engine,
    private readonly tenant: string,
  ) {
    this.#endpoints = webhookEndpoints(engine, (id, command, context) =>
      engine.actors.execute(webhookAggregate, webhookStream(id), command, context),
    );
  }

  /**
   * Told of what comes after this. `secret` is what a receiver verifies by, and is not shown again.
   * @throws {RequestRejected} the address is none that may be sent to, or there are as many as may be
   */
  async register(
    input: WebhookInput,
    { requestKey: key }: RequestOptions = {},
  ): Promise<{ readonly id: string; readonly secret: string }> {
    const context = this.#context({ key, target: 'webhooks.register', body: input });
    const { id, secret } = await this.#seen(this.#endpoints.register(parseWebhook(input), context));
    return { id, secret };
  }

  /** Changes what is named and leaves the rest. */
  async update(id: string, changes: WebhookChanges): Promise<void> {
    const changed = (definition: WebhookDefinition): WebhookDefinition =>
      parseWebhookChanges(definition, changes);
    await this.#seen(this.#endpoints.update(id, changed, this.#context()));
  }

  async disable(id: string, note?: string): Promise<void> {
    await this.#command(id, { type: 'DisableWebhook', note });
  }

  /** Goes on where it stopped, or `fromNow`: what happened meanwhile is skipped. */
  async enable(id: string, { fromNow = false } = {}): Promise<void> {
    const skipTo = fromNow ? await this.engine.store.head() : undefined;
    await this.#command(id, { type: 'EnableWebhook', skipTo });
  }

  async delete(id: string, note?: string): Promise<void> {
    await this.#seen(this.#endpoints.remove(id, { note }, this.#context()));
  }

  /** A new secret, which holds at once; messages are signed with the one before for `overlapMs` more (default a day). */
  async rotateSecret(
    id: string,
    overlapMs: Millis = DAY,
    { requestKey: key }: RequestOptions = {},
  ): Promise<string> {
    if (!(overlapMs >= 0 && overlapMs <= LONGEST_OVERLAP))
      throw new RangeError(
        `an overlap is from 0 to ${LONGEST_OVERLAP} milliseconds (30 days), not ${overlapMs}`,
      );
    const context = this.#context({ key, target: `webhooks.rotate ${id}`, body: overlapMs });
    return (await this.#seen(this.#endpoints.rotate(id, overlapMs, context))).secret;
  }

  /**
   * Tells a range of the log again, by positions, up to its end at most. Answers the replay's id.
   * @throws {z.ZodError} they are no range. {RequestRejected} `after` is no event's position
   */
  async replay(
    id: string,
    after: number,
    through: number,
    { requestKey: key }: RequestOptions = {},
  ): Promise<string> {
    const range = replayBody.parse({ after, through });
    const context = this.#context({ key, target: `webhooks.replay ${id}`, body: range });
    return (await this.#seen(this.#endpoints.replay(id, range, context))).replay;
  }

  get(id: string): WebhookRow | undefined {
    return this.engine.readModel.webhook(this.tenant, id);
  }

  list(most?: number): readonly WebhookRow[] {
    return itemsOf((paging) => this.engine.readModel.webhooks(this.tenant, paging), most);
  }

  /** What became of each event, the newest first. */
  deliveries(id: string, status?: DeliveryStatus, most = 100): readonly DeliveryRow[] {
    if (this.get(id) === undefined) return [];
    return itemsOf((paging) => this.engine.readModel.deliveries(id, status, paging), most);
  }

  async #command(id: string, command: Unstamped<WebhookCommand>): Promise<void> {
    const { actors } = this.engine;
    await this.#seen(actors.execute(webhookAggregate, webhookStream(id), command, this.#context()));
  }

  /** Reads after this see what was just written. */
  async #seen<Answer extends Accepted<WebhookState>>(asked: Promise<Answer | Refused>): Promise<Answer> {
    const answer = accepted(await asked);
    await this.engine.readModel.waitFor(answer.position, 5_000);
    return answer;
  }

  #context(asked?: Parameters<typeof requestContext>[2]): CommandContext {
    return requestContext(this.engine, this.tenant, asked);
  }
}
