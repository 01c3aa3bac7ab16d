import type { WorkItem } from '#lib/contracts/messages';
import type { WorkIntake } from '#lib/messaging/port';
import type { Environment, SyncEngine } from '#lib/ports';
import { ConfigurationError, type Configuration } from './config.js';
import { startExecutor } from './executor.js';
import type { Log } from './log.js';
import { loadConnectors } from './load-connectors.js';
import { openRemoteSyncEngine } from './sync-engine.js';
import { systemEnvironment } from './system-environment.js';

export type RemoteExecutorParts = {
  readonly configuration: Configuration;
  readonly log: Log;
  /** Default: the connectors. */
  readonly syncEngine?: SyncEngine;
  readonly environment?: Environment;
  /** Puts something between the queue and the executor: Nest's microservice does. Default: nothing. */
  readonly around?: (intake: WorkIntake) => WorkIntake;
};

export type RemoteExecutor = {
  readonly id: string;
  readonly running: number;
  /** Lets what runs end for `graceMs`, gives the rest back, and leaves NATS. Idempotent. */
  stop(graceMs: number): Promise<void>;
};

export type WorkHandler = (item: WorkItem) => Promise<void>;

/** An executor in a process of its own: takes its work from NATS, and knows schedulers by their subjects only. */
export async function startRemoteExecutor(parts: RemoteExecutorParts): Promise<RemoteExecutor> {
  const { configuration, log, environment = systemEnvironment, around } = parts;
  if (configuration.nats === undefined)
    throw new ConfigurationError('an executor takes its work from NATS: set SYNCOPATE_NATS_URL');
  const connectors = await loadConnectors(configuration);
  const { connectNats, disconnectNats, NatsIntake, NatsSink } = await import('#lib/messaging/nats');
  const { node: id, allowPlainText } = configuration;
  const onError = (what: string, error: unknown): void =>
    log('warn', `${what}: will be tried again`, { error });
  const nc = await connectNats({ ...configuration.nats, allowPlainText, role: 'executor', name: id });
  const intake = new NatsIntake({ nc, executor: id, timers: environment.timers, onError });
  const connectorEngine = (): SyncEngine => {
    const { desk } = intake;
    return openRemoteSyncEngine({
      configuration,
      connectors,
      environment,
      executor: id,
      desk,
      sink: new NatsSink(nc),
    });
  };
  const executor = startExecutor({
    id,
    configuration,
    environment,
    intake: around === undefined ? intake : around(intake),
    engine: parts.syncEngine ?? connectorEngine(),
    onError,
  });
  let stopping: Promise<void> | undefined;
  return {
    id,
    get running() {
      return executor.running;
    },
    stop: (graceMs) => {
      stopping ??= executor.stop(graceMs).then(() => disconnectNats(nc));
      return stopping;
    },
  };
}
