import {
  webhookAggregate,
  type Accepted,
  type CommandContext,
  type Unstamped,
} from '#lib/application/actors';
import {
  parseWebhook,
  parseWebhookChanges,
  replayBody,
  type WebhookChanges,
  type WebhookInput,
} from '#lib/contracts/api';
import { webhookStream } from '#lib/contracts/streams';
import { DAY, type Millis } from '#lib/domain/kernel';
import type { WebhookCommand, WebhookState } from '#lib/domain/webhook';
import type { DeliveryRow, DeliveryStatus, WebhookRow } from '#lib/projections';
import type { Engine } from '#lib/wiring';
import { itemsOf } from './pages.js';
import { accepted, RequestRejected } from './rejection.js';

/** Endpoints that are told of events. Every method that writes resolves when the log has it. */
export class WebhookManager {
  constructor(
    private readonly engine: Engine,
    private readonly tenant: string,
  ) {}

  /**
   * Told of what comes after this. `secret` is what a receiver verifies by, and is not shown again.
   * @throws {RequestRejected} the address is none that may be sent to
   */
  async register(input: WebhookInput): Promise<{ readonly id: string; readonly secret: string }> {
    const definition = parseWebhook(input);
    this.#assertUrl(definition.url);
    const id = this.engine.environment.ids.next();
    const secret = await this.engine.webhooks.secrets.ensure({ tenant: this.tenant, webhook: id });
    const after = await this.engine.store.head();
    await this.#command(id, { type: 'RegisterWebhook', id, definition, after });
    return { id, secret };
  }

  /** Changes what is named and leaves the rest. */
  async update(id: string, changes: WebhookChanges): Promise<void> {
    const { state } = await this.engine.actors.read(webhookAggregate, webhookStream(id), this.tenant);
    if (!('id' in state))
      throw new RequestRejected({ reason: 'webhook_not_found', message: 'there is no such webhook' });
    const definition = parseWebhookChanges(state.definition, changes);
    this.#assertUrl(definition.url);
    await this.#command(id, { type: 'UpdateWebhook', definition, ifVersion: state.version });
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
    await this.#command(id, { type: 'DeleteWebhook', note });
    await this.engine.webhooks.secrets.remove({ tenant: this.tenant, webhook: id });
  }

  /** A new secret, which holds at once; messages are signed with the one before for `overlapMs` more (default a day). */
  async rotateSecret(id: string, overlapMs: Millis = DAY): Promise<string> {
    if (!(overlapMs >= 0 && overlapMs <= 30 * DAY))
      throw new RangeError(`an overlap is from 0 to ${30 * DAY} milliseconds (30 days), not ${overlapMs}`);
    const previousUntil = Math.floor(this.engine.environment.clock.now()) + overlapMs;
    await this.#command(id, { type: 'RotateWebhookSecret', previousUntil });
    return this.engine.webhooks.secrets.rotate({ tenant: this.tenant, webhook: id }, previousUntil);
  }

  /** Tells a range of the log again, by positions. Answers the replay's id. @throws {z.ZodError} they are no range */
  async replay(id: string, after: number, through: number): Promise<string> {
    replayBody.parse({ after, through });
    const replay = this.engine.environment.ids.next();
    await this.#command(id, { type: 'ReplayWebhook', replay, after, through });
    return replay;
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

  #assertUrl(url: string): void {
    try {
      this.engine.webhooks.check(url);
    } catch (error) {
      const { message } = error as Error;
      throw new RequestRejected({ reason: 'url_not_allowed', message: `url: ${message}`, field: 'url' });
    }
  }

  async #command(id: string, command: Unstamped<WebhookCommand>): Promise<Accepted<WebhookState>> {
    const { actors, readModel } = this.engine;
    const answer = accepted(
      await actors.execute(webhookAggregate, webhookStream(id), command, this.#context()),
    );
    await readModel.waitFor(answer.position, 5_000);
    return answer;
  }

  #context(): CommandContext {
    const correlation = this.engine.environment.ids.next();
    return { tenant: this.tenant, actor: 'sdk', correlation };
  }
}
