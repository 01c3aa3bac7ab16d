import type { Actors } from '#lib/application/actors';
import { WebhookDeliveries, WebhookWatchSaga } from '#lib/application/webhooks';
import type { EventStore } from '#lib/event-store/port';
import type { Environment, WebhookSender } from '#lib/ports';
import type { ReadModel } from '#lib/projections';
import type { Telemetry } from './telemetry.js';

export type WebhookWatchOptions = {
  readonly store: EventStore;
  readonly actors: Actors;
  readonly environment: Environment;
  readonly sender: WebhookSender;
  readonly readModel: ReadModel;
  readonly telemetry: Telemetry;
  readonly onError: (what: string, error: unknown) => void;
  readonly onEnded: (runner: string, error: unknown) => void;
};

/** Delivering, while this node is the one that does, and what keeps it informed of endpoints. */
export class WebhookWatch {
  #deliveries: WebhookDeliveries | undefined;

  readonly saga = new WebhookWatchSaga((endpoint, what) => this.#deliveries?.changed(endpoint, what));

  constructor(private readonly options: WebhookWatchOptions) {}

  /** Made anew each time that the lease is won: what the last one knew may be of long ago. */
  create(): WebhookDeliveries {
    const { store, actors, environment, sender, readModel, telemetry, onError, onEnded } = this.options;
    this.#deliveries = new WebhookDeliveries({
      store,
      actors,
      environment,
      sender,
      endpoints: async () => {
        // One that is far behind does not know all of them: asked again.
        if (!(await readModel.waitFor(await store.head(), 30_000)))
          throw new Error('the read model is too far behind to know which webhooks there are');
        return readModel.endpoints();
      },
      onAttempt: ({ result }) => telemetry.webhookDeliveries.inc({ outcome: result.kind }),
      onError,
      onEnded: (error) => onEnded('webhooks', error),
    });
    return this.#deliveries;
  }
}
