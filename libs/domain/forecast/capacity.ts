import { HOUR, type Millis } from '#lib/domain/kernel';
import type { ProviderLimits } from '#lib/domain/provider';

/** How fast a provider's limits let runs start, and which of them is the narrowest. */
export type Capacity = {
  readonly startsPerHour: number;
  /** Runs that may start at once, before the pace counts. */
  readonly burst: number;
  readonly by: 'rate' | 'concurrency';
};

/**
 * What limits let through for as long as runs take as long as they did. Undefined where nothing says so: no rate is set,
 * and no run has ended yet that would tell how long a place is taken.
 */
export function capacityOf(
  { concurrency, rate }: Pick<ProviderLimits, 'concurrency' | 'rate'>,
  meanRunMs: Millis | undefined,
): Capacity | undefined {
  const byRate: Capacity | undefined = rate && {
    startsPerHour: (rate.starts * HOUR) / rate.perMs,
    burst: rate.starts,
    by: 'rate',
  };
  const byPlaces: Capacity | undefined =
    meanRunMs === undefined || meanRunMs <= 0
      ? undefined
      : { startsPerHour: (concurrency * HOUR) / meanRunMs, burst: concurrency, by: 'concurrency' };
  if (byRate === undefined || byPlaces === undefined) return byRate ?? byPlaces;
  return byPlaces.startsPerHour < byRate.startsPerHour ? byPlaces : byRate;
}
