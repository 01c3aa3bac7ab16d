import { isEventStoreError } from '#lib/event-store/port';
import {
  ConfigurationError,
  Engine,
  jsonLog,
  loadSyncEngine,
  readConfiguration,
  systemEnvironment,
} from '#lib/wiring';
import { openInbox } from './inbox.js';
import { startServer } from './server.js';
import { welcome } from './welcome.js';

const say = (line: string): void => void process.stdout.write(line);
const log = jsonLog(
  (line) => process.stderr.write(line),
  () => systemEnvironment.clock.now(),
);

/** How long running attempts may take to end after SIGTERM. */
const DRAIN_MS = 8_000;

async function main(): Promise<void> {
  const configuration = readConfiguration(process.env);
  const syncEngine =
    configuration.syncEngineModule === undefined ? undefined : await loadSyncEngine(configuration);
  const engine = await Engine.open(configuration, {
    log,
    ...(syncEngine === undefined ? {} : { syncEngine }),
  });
  const server = await startServer(engine, log);
  await engine.start();
  const inbox = await openInbox(server.app, engine);
  let stopping = false;
  const stop = async (signal: string): Promise<void> => {
    // A second signal does not wait: what was acknowledged is stored already.
    if (stopping) process.exit(1);
    stopping = true;
    say(`\n${signal}: letting running syncs end (up to ${DRAIN_MS / 1_000} s), then stopping.\n`);
    await inbox.stop();
    await server.close();
    await engine.stop(DRAIN_MS);
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop('SIGTERM'));
  process.on('SIGINT', () => void stop('SIGINT'));
  if (process.connected) process.on('disconnect', () => void stop('the parent process ended'));
  // Last: whoever waits for this line may ask it to stop at once.
  say(welcome(server.url, engine));
}

main().catch((error: unknown) => {
  const known =
    error instanceof ConfigurationError ||
    isEventStoreError(error) ||
    (error as Error).name === 'NatsUnusable' ||
    (error as { code?: string }).code === 'EADDRINUSE';
  process.stderr.write(
    `syncopate cannot start: ${error instanceof Error ? (known ? error.message : (error.stack ?? error.message)) : String(error)}\n`,
  );
  process.exit(1);
});
