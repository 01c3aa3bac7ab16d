import { ConsentWatchSaga, type Saga } from '#lib/application/sagas';
import type { SyncEngine } from '#lib/ports';
import type { Heartbeats } from './heartbeats.js';
import type { Log } from './log.js';
import type { ConnectorAccess } from './sync-engine.js';
import { Watch, type WatchOptions } from './watch.js';
import type { Webhooks } from './webhooks.js';

/** What of an engine is watched, or watches. */
type Watched = Pick<
  WatchOptions,
  | 'configuration'
  | 'environment'
  | 'store'
  | 'actors'
  | 'admission'
  | 'readModel'
  | 'observers'
  | 'telemetry'
  | 'messaging'
> & { readonly connectors: ConnectorAccess; readonly heartbeats: Heartbeats; readonly webhooks: Webhooks };

/** What watches an engine's log and clock. `onEnded`: somebody who follows the log does so no more. */
export function openWatch(
  engine: Watched,
  parts: { readonly log: Log; readonly syncEngine?: SyncEngine },
  {
    subscriptionWatch,
    onError,
    onEnded,
  }: {
    readonly subscriptionWatch: Saga;
    readonly onError: (what: string, error: unknown) => void;
    readonly onEnded: () => void;
  },
): Watch {
  const { configuration, environment, store, actors, admission, readModel, observers, telemetry } = engine;
  const { messaging, connectors, heartbeats, webhooks } = engine;
  return new Watch({
    configuration,
    environment,
    store,
    actors,
    admission,
    readModel,
    observers,
    telemetry,
    messaging,
    reactions: [
      subscriptionWatch,
      new ConsentWatchSaga({
        actors,
        clock: environment.clock,
        ends: (provider) => connectors.consentEnds(provider),
        endingSoon: (tenant, connection) => connectors.consentEndingSoon(tenant, connection),
      }),
    ],
    credentials: connectors.credentials,
    syncEngine: parts.syncEngine ?? connectors.engine,
    onHeartbeat: (beat) => heartbeats.heard(beat),
    webhookSender: webhooks.sender,
    onError,
    onParked: (saga, { stream, revision, position }, error) => {
      telemetry.parked.inc({ handler: saga });
      parts.log('error', 'an event was parked', { saga, stream, revision, position, error });
    },
    onEnded: (runner, error) => {
      onEnded();
      parts.log('error', `the ${runner} subscription ended; restart after the log is repaired`, { error });
    },
  });
}
