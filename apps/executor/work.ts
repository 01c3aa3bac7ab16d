import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { MicroserviceOptions } from '@nestjs/microservices';
import {
  ConfigurationError,
  jsonLog,
  loadSyncEngine,
  readConfiguration,
  startRemoteExecutor,
  systemEnvironment,
} from '#lib/wiring';
import { ExecutorModule } from './executor.module.js';
import { WorkStrategy } from './work-strategy.js';

const log = jsonLog(
  (line) => process.stderr.write(line),
  () => systemEnvironment.clock.now(),
);
const say = (line: string): void => void process.stdout.write(line);

/** How long running attempts may take to end after SIGTERM; what is left is given back. */
const DRAIN_MS = 7_000;

async function main(): Promise<void> {
  const configuration = readConfiguration(process.env, { listens: false });
  let strategy: WorkStrategy | undefined;
  const executor = await startRemoteExecutor({
    configuration,
    log,
    ...(configuration.syncEngineModule === undefined
      ? {}
      : { syncEngine: await loadSyncEngine(configuration) }),
    around: (queue) => (strategy = new WorkStrategy(queue)),
  });
  if (strategy === undefined) throw new Error('the executor did not take its queue');
  const app = await NestFactory.createMicroservice<MicroserviceOptions>(ExecutorModule.with(strategy), {
    strategy,
    logger: false,
  });
  await app.listen();
  let stopping = false;
  const stop = async (signal: string): Promise<void> => {
    if (stopping) process.exit(1);
    stopping = true;
    say(`${signal}: letting ${executor.running} running attempts end (up to ${DRAIN_MS / 1_000} s)\n`);
    await executor.stop(DRAIN_MS);
    await app.close();
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop('SIGTERM'));
  process.on('SIGINT', () => void stop('SIGINT'));
  if (process.connected) process.on('disconnect', () => void stop('the parent process ended'));
  const providers = configuration.executorProviders?.join(', ') ?? 'all providers';
  // Last: whoever waits for this line may ask it to stop at once.
  say(`executor ${executor.id} is ready: ${configuration.concurrency} at once, ${providers}\n`);
}

main().catch((error: unknown) => {
  const known = error instanceof ConfigurationError || (error as Error).name === 'NatsUnusable';
  const text =
    error instanceof Error ? (known ? error.message : (error.stack ?? error.message)) : String(error);
  process.stderr.write(`syncopate executor cannot start: ${text}\n`);
  process.exit(1);
});
