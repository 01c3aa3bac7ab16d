import type { Actors } from '#lib/application/actors';
import { Admission } from '#lib/application/admission';
import { BulkChanges } from '#lib/application/bulk';
import { ForecastWatch } from '#lib/application/forecast';
import { ScheduleValidation } from '#lib/application/validation';
import type { EventStore } from '#lib/event-store/port';
import { HOUR, SECOND } from '#lib/domain/kernel';
import type { Environment } from '#lib/ports';
import type { ReadModel } from '#lib/projections';
import type { Configuration } from './config.js';
import type { EngineParts, Told } from './engine-parts.js';
import type { ConnectorAccess } from './sync-engine.js';

/** What of an engine is asked before something is decided. */
type Deciding = {
  readonly configuration: Configuration;
  readonly environment: Environment;
  readonly actors: Actors;
  readonly readModel: ReadModel;
};

export function openValidation({
  configuration,
  environment,
  actors,
  readModel: facts,
  forecast,
  connectors,
  connectorsServe,
}: Deciding & {
  readonly forecast: ForecastWatch;
  readonly connectors: ConnectorAccess;
  readonly connectorsServe: boolean;
}): ScheduleValidation {
  const { quotas, allowShortIntervals } = configuration;
  return new ScheduleValidation({
    actors,
    facts,
    environment,
    quotas,
    allowShortIntervals,
    freshness: (provider) => connectors.freshness(provider),
    lateAt: (provider, at) => forecast.lateAt(provider, at),
    connectorsServe,
  });
}

/** How long a bulk change waits until reads reflect the log: what it would do is told of what there is. */
const PATIENCE = 5 * SECOND;

export function openBulkChanges({
  actors,
  environment,
  validation,
  readModel: facts,
  store,
}: Omit<Deciding, 'configuration'> & {
  readonly validation: ScheduleValidation;
  readonly store: EventStore;
}): BulkChanges {
  const caughtUp = async (): Promise<boolean> => facts.waitFor(await store.head(), PATIENCE);
  return new BulkChanges({ actors, environment, validation, facts, caughtUp });
}

export function openForecast(
  { configuration, environment, actors, readModel: facts }: Deciding,
  parts: Pick<EngineParts & Told, 'forecastEveryMs' | 'troubles'>,
): ForecastWatch {
  const { concurrency } = configuration;
  const everyMs = parts.forecastEveryMs ?? HOUR;
  const { told: onError } = parts.troubles;
  return new ForecastWatch({ actors, facts, environment, concurrency, everyMs, onError });
}

export function openAdmission({
  configuration,
  environment,
  readModel,
}: Omit<Deciding, 'actors'>): Admission {
  const { concurrency: global, connectionConcurrency: connection, ageingMs } = configuration;
  const { tenantConcurrency: tenant } = configuration;
  return new Admission({ global, connection, tenant, ageingMs }, (provider, { starts, perMs }) =>
    readModel.startsSince(provider, environment.clock.now() - perMs, starts),
  );
}
