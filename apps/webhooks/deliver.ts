import { isEventStoreError } from '#lib/event-store/port';
import { ConfigurationError, Engine, jsonLog, readConfiguration, systemEnvironment } from '#lib/wiring';

/**
 * Delivers to webhooks, and does nothing else: for a network from which nothing but the log, NATS and the public internet
 * can be reached. Any number; one of them delivers, and another takes over when it is gone.
 */
const say = (line: string): void => void process.stdout.write(line);
const log = jsonLog(
  (line) => process.stderr.write(line),
  () => systemEnvironment.clock.now(),
);

/** There are no runs here to wait for; messages under way have three seconds to be answered. */
const DRAIN_MS = 0;

async function main(): Promise<void> {
  const configuration = readConfiguration(process.env, { listens: false });
  if (configuration.nats === undefined || configuration.eventStoreUrl === undefined)
    throw new ConfigurationError(
      'delivering apart from the scheduler needs a log that both can reach: set SYNCOPATE_EVENTSTORE_URL and SYNCOPATE_NATS_URL; ' +
        'without them the scheduler delivers by itself',
    );
  const engine = await Engine.open({ ...configuration, webhookDelivery: 'only' }, { log });
  await engine.start();
  let stopping = false;
  const stop = async (signal: string): Promise<void> => {
    if (stopping) process.exit(1);
    stopping = true;
    say(`${signal}: letting messages under way be answered, then stopping\n`);
    await engine.stop(DRAIN_MS);
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop('SIGTERM'));
  process.on('SIGINT', () => void stop('SIGINT'));
  if (process.connected) process.on('disconnect', () => void stop('the parent process ended'));
  // Last: whoever waits for this line may ask it to stop at once.
  say(`webhooks ${configuration.node} is ready\n`);
}

main().catch((error: unknown) => {
  const known =
    error instanceof ConfigurationError ||
    isEventStoreError(error) ||
    (error as Error).name === 'NatsUnusable';
  const text =
    error instanceof Error ? (known ? error.message : (error.stack ?? error.message)) : String(error);
  process.stderr.write(`syncopate webhooks cannot start: ${text}\n`);
  process.exit(1);
});
