import type { Saga, Shown } from '#lib/application/sagas';
import { streamPrefixes } from '#lib/contracts/streams';
import type { Changed, EndpointName } from './deliveries.js';

/** Sees what is decided about endpoints, by whichever node, so that whoever delivers to them does what they say now. */
export class WebhookWatchSaga implements Saga {
  readonly name = 'webhook-watch';
  readonly types = [
    'WebhookRegistered',
    'WebhookUpdated',
    'WebhookDisabled',
    'WebhookEnabled',
    'WebhookSecretRotated',
    'WebhookDeleted',
    'WebhookReplayRequested',
    'RedeliveryRequested',
  ] as const;

  constructor(private readonly changed: (endpoint: EndpointName, what: Changed) => void) {}

  handle({ type, stream, position, metadata }: Shown<WebhookWatchSaga>): void {
    const id = stream.slice(streamPrefixes.webhook.length);
    this.changed({ id, tenant: metadata.tenant }, { at: position, deleted: type === 'WebhookDeleted' });
  }
}
