import type { Configuration } from './config.js';
import { tellLink, tellReady } from './gauges.js';
import { openHealth, type Health } from './health-server.js';
import { whyAway, type Readiness } from './readiness.js';
import type { ProcessTelemetry } from './telemetry.js';

export type ExecutorHealthOptions = {
  readonly configuration: Pick<Configuration, 'host' | 'healthPort' | 'concurrency' | 'takeoverMs'>;
  readonly telemetry: ProcessTelemetry;
  readonly link: Parameters<typeof whyAway>[0] & { readonly connected: boolean };
  readonly phase: () => 'starting' | 'started' | 'stopping';
  readonly running: () => number;
};

/** How an executor's process is: it can do its work while NATS is there to take it from. */
export function openExecutorHealth(options: ExecutorHealthOptions): Promise<Health | undefined> {
  const { configuration, telemetry, link, phase, running } = options;
  const whyNotReady = (): string | undefined =>
    phase() === 'started' ? whyAway(link, configuration.takeoverMs) : `the executor is ${phase()}`;
  tellReady(telemetry, whyNotReady);
  tellLink(telemetry, link);
  telemetry.gauge('syncopate_attempts_running', 'Attempts that this executor has', running);
  telemetry.gauge(
    'syncopate_attempts_capacity',
    'Attempts that this executor may have at once',
    () => configuration.concurrency,
  );
  return openHealth({
    configuration,
    telemetry,
    readiness: async (): Promise<Readiness> => {
      const why = whyNotReady();
      return why === undefined ? {} : { why };
    },
  });
}
