import { ConfigurationError, Engine, readConfiguration, runService } from '#lib/wiring';

/** There are no runs here to wait for; messages under way have three seconds to be answered. */
const DRAIN_MS = 0;

/**
 * Delivers to webhooks, and does nothing else: for a network from which nothing but the log, NATS and the public internet
 * can be reached. Any number; one of them delivers, and another takes over when it is gone.
 */
runService('syncopate webhooks', async (log) => {
  const configuration = readConfiguration(process.env, { listens: false });
  if (configuration.nats === undefined || configuration.eventStoreUrl === undefined)
    throw new ConfigurationError(
      'delivering apart from the scheduler needs a log that both can reach: set SYNCOPATE_EVENTSTORE_URL and SYNCOPATE_NATS_URL; ' +
        'without them the scheduler delivers by itself',
    );
  const engine = await Engine.open({ ...configuration, webhookDelivery: 'only' }, { log });
  await engine.start();
  return {
    ready: `webhooks ${configuration.node} is ready\n`,
    stopping: () => 'letting messages under way be answered, then stopping',
    stop: () => engine.stop(DRAIN_MS),
  };
});
