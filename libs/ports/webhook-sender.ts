import type { DeliveryResult } from '#lib/domain/webhook';

/** One event for one endpoint, the same at every try but for its time. */
export type WebhookMessage = {
  /** Of the event: what a receiver tells doubles by. */
  readonly id: string;
  readonly type: string;
  readonly tenant: string;
  /** The endpoint that it goes to. */
  readonly webhook: string;
  readonly url: string;
  /** JSON, as it is signed and sent, byte for byte. */
  readonly body: string;
};

/** Takes messages out of the house: over HTTP, or into a product's own webhook system. */
export interface WebhookSender {
  /** One try. What goes wrong is a result; only an abort by the signal, and a vault that is away, are thrown. */
  send(message: WebhookMessage, signal: AbortSignal): Promise<DeliveryResult>;
}
