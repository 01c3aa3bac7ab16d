import { knownProviders } from '#lib/domain/provider';
import type { Environment } from '#lib/ports';
import type { ReadModel } from '#lib/projections';
import { stops, type Stopping } from './stops.js';

export type ProviderLoad = {
  /** Runs that wait for it, and attempts that run. */
  readonly waiting: number;
  readonly running: number;
  /** Why its waiting runs are not started now. */
  readonly stopped?: string;
};

/** Those of the catalogue, of which anything was set, or for which something runs. By id. */
export function toldProviders({
  readModel,
  admission,
}: Pick<Stopping, 'admission'> & { readonly readModel: Pick<ReadModel, 'providers'> }): readonly string[] {
  const set = readModel.providers().map(({ provider }) => provider);
  const busy = [...admission.lanes()].map(({ provider }) => provider);
  return [...new Set([...knownProviders, ...set, ...busy])].toSorted();
}

/** What there is to do for each provider now. */
export function providerLoads(
  engine: Stopping & { readonly environment: Pick<Environment, 'clock'> },
): (provider: string) => ProviderLoad {
  const lanes = new Map([...engine.admission.lanes()].map((lane) => [lane.provider, lane]));
  const stopping = stops(engine, engine.environment.clock.now());
  return (provider) => {
    const { waiting = 0, running = 0 } = lanes.get(provider) ?? {};
    const stopped = stopping.get(provider);
    return { waiting, running, ...(stopped === undefined ? {} : { stopped }) };
  };
}
