import { breathing } from '#lib/application/validation';
import {
  capacityOf,
  Demand,
  type Capacity,
  type Forecast,
  type Pattern,
  type Slot,
} from '#lib/domain/forecast';
import { DAY, HOUR, type Instant, type Millis } from '#lib/domain/kernel';
import { limitsOf, type ProviderLimits } from '#lib/domain/provider';
import type { Environment } from '#lib/ports';

type Load = { readonly tenant: string; readonly pattern: Pattern; readonly schedules: number };
type Ended = { readonly succeeded: number; readonly duration: { readonly mean: Millis | null } };

/** What the read model knows that a forecast is made of. */
export type ForecastFacts = {
  loadedProviders(): readonly string[];
  /** Tenants that have schedules at a provider, or had some. */
  loadedTenants(provider: string): readonly string[];
  load(provider: string, most: number): { readonly patterns: readonly Load[]; readonly others: number };
  provider(id: string): { readonly limits?: ProviderLimits } | undefined;
  statistics(
    tenant: string,
    range: {
      readonly from: Instant;
      readonly to: Instant;
      readonly bucket: 'hour';
      readonly scope: 'provider';
      readonly subject: string;
    },
  ): readonly Ended[];
};

export type ForecastOptions = {
  readonly facts: ForecastFacts;
  readonly environment: Environment;
  /** Attempts that may run at once, of all providers together. */
  readonly concurrency: number;
};

export type ProviderForecast = Forecast & {
  readonly provider: string;
  /** Absent: nothing bounds it, or nothing has run yet that would tell how long runs take. */
  readonly capacity?: Capacity;
  /** How long runs took in the last seven days. */
  readonly meanRunMs?: Millis;
};

/** The largest patterns are foreseen one by one; schedules of the others are taken to be due evenly. */
const MOST_PATTERNS = 2_000;
/** Tenants whose runs tell how long runs take: those with the most schedules. */
const MOST_TENANTS = 20;
const LOOKED_BACK: Millis = 7 * DAY;

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/**
 * What will be due at a provider, and how late its limits will let it start. It takes schedules as they are and runs to
 * take as long as they did: no retries, no runs by hand, no days off, and limits of users and connections do not count.
 */
export class Forecasts {
  constructor(private readonly options: ForecastOptions) {}

  /** From now on; others get their turns meanwhile. */
  async of(provider: string, hours: number): Promise<ProviderForecast> {
    const { facts, environment } = this.options;
    const breath = breathing(environment);
    const { patterns, others } = facts.load(provider, MOST_PATTERNS);
    const demand = new Demand(environment.clock.now(), hours);
    for (const [first, ...same] of Map.groupBy(patterns, ({ pattern }) => JSON.stringify(pattern)).values()) {
      await breath();
      if (first !== undefined)
        demand.add(first.pattern, sum([first, ...same].map(({ schedules }) => schedules)));
    }
    const told = sum(patterns.map(({ schedules }) => schedules));
    if (others > 0) demand.evenly((demand.total / told) * others);
    const meanRunMs = await this.#meanRunMs(provider, patterns);
    const capacity = this.#capacity(provider, meanRunMs);
    return {
      provider,
      ...(capacity === undefined ? {} : { capacity }),
      ...(meanRunMs === undefined ? {} : { meanRunMs }),
      ...demand.against(capacity),
    };
  }

  /** Tenants of which anything is due in a slot. */
  async tenantsDue(provider: string, { at }: Slot): Promise<readonly string[]> {
    const { facts, environment } = this.options;
    const breath = breathing(environment);
    const due: string[] = [];
    const { patterns } = facts.load(provider, MOST_PATTERNS);
    for (const [tenant, loads] of Map.groupBy(patterns, (load) => load.tenant)) {
      const demand = new Demand(at, 1);
      for (const { pattern, schedules } of loads) {
        await breath();
        demand.add(pattern, schedules);
      }
      if (demand.dueIn(at) > 0) due.push(tenant);
    }
    return due;
  }

  #capacity(provider: string, meanRunMs: Millis | undefined): Capacity | undefined {
    const { facts, concurrency } = this.options;
    const limits = limitsOf(provider, facts.provider(provider));
    const places = Math.min(limits.concurrency, concurrency);
    return capacityOf({ ...limits, concurrency: places }, meanRunMs);
  }

  async #meanRunMs(provider: string, patterns: readonly Load[]): Promise<Millis | undefined> {
    const { facts, environment } = this.options;
    const breath = breathing(environment);
    const to = environment.clock.now();
    let [runs, took] = [0, 0];
    for (const tenant of [...new Set(patterns.map(({ tenant }) => tenant))].slice(0, MOST_TENANTS)) {
      await breath();
      const range = { from: to - LOOKED_BACK, to: to + HOUR, bucket: 'hour', scope: 'provider' } as const;
      for (const { succeeded, duration } of facts.statistics(tenant, { ...range, subject: provider })) {
        runs += succeeded;
        took += succeeded * (duration.mean ?? 0);
      }
    }
    return runs === 0 ? undefined : took / runs;
  }
}
