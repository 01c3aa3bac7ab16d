import { connectionAggregate, type Actors } from '#lib/application/actors';
import type { StoredEvent } from '#lib/contracts/events';
import { connectionStream } from '#lib/contracts/streams';
import type { Instant, Millis } from '#lib/domain/kernel';
import { providerEntry } from '#lib/domain/provider';
import type { ScheduleDefinition } from '#lib/domain/schedule';
import { validateDefinition, type Finding } from '#lib/domain/validation';
import type { Environment } from '#lib/ports';
import { Holds } from './holds.js';
import { Newcomers } from './newcomers.js';
import { breathing } from './breathing.js';

/** What the read model knows that a definition is checked against. */
export type ValidationFacts = {
  countSchedules(tenant: string, user: string, provider?: string): number;
  /** Several questions of one instant, and the position that their answers reflect. */
  atOnce<T>(work: (position: number) => T): T;
  position(): number;
  observedDuration(schedule: string): Millis | undefined;
  schedule(tenant: string, id: string): unknown;
};

export type ScheduleValidationOptions = {
  readonly actors: Actors;
  readonly facts: ValidationFacts;
  readonly quotas: { readonly schedulesPerUser: number; readonly schedulesPerUserAndProvider: number };
  readonly allowShortIntervals: boolean;
  readonly freshness: (provider: string) => Millis | undefined;
  /** Whether runs are served by connectors, and not by the product's own engine. */
  readonly connectorsServe: boolean;
  /** How late what is due at a provider at an instant would start, and when there is room instead. */
  readonly lateAt: (
    provider: string,
    at: Instant,
  ) => { readonly lateMs: Millis; readonly calm: readonly Instant[] };
  readonly environment: Environment;
};

/** `recurs`: its recurrence is another. */
export type DefinitionChange = { readonly schedule: string; readonly recurs: boolean };

/** One that is to be created, under an id of its own. */
export type NewSchedule = { readonly id: string; readonly definition: ScheduleDefinition };

/** Gathers what a definition must be checked against, and has the pure validator judge it. */
export class ScheduleValidation {
  readonly #newcomers = new Newcomers();
  readonly #holds = new Holds();

  constructor(private readonly options: ScheduleValidationOptions) {}

  /** To be shown every event: what the read model does not count yet is counted here. */
  saw(event: StoredEvent): void {
    this.#newcomers.saw(event, this.options.facts.position());
    // Counted there from now on.
    if (event.type === 'ScheduleCreated') this.#holds.created(event.data.id);
    this.#holds.passed(event.position);
  }

  /**
   * Judges new schedules and has them created: `create` is given the findings of each, creates what it will of those
   * without errors, and answers how far the log went with it. From their judgement on these count against the quotas of
   * others, of the same request too. Others get their turns in between: a look at a cron's next occurrences may take
   * milliseconds.
   */
  async creating<T>(
    items: readonly NewSchedule[],
    tenant: string,
    create: (
      findings: readonly (readonly Finding[])[],
    ) => Promise<{ readonly created: T; readonly position: number }>,
  ): Promise<T> {
    const breath = breathing(this.options.environment);
    const all: (readonly Finding[])[] = [];
    let through = 0;
    try {
      for (const { id, definition } of items) {
        await breath();
        const findings = await this.#findings(definition, tenant, undefined, id);
        all.push(findings);
      }
      const { created, position } = await create(all);
      through = position;
      return created;
    } finally {
      this.#holds.end(
        items.map(({ id }) => id),
        through,
      );
    }
  }

  /** All findings: errors, which refuse the definition, and warnings. `change`: of a schedule that there is. */
  async findings(
    definition: ScheduleDefinition,
    tenant: string,
    change?: DefinitionChange,
  ): Promise<readonly Finding[]> {
    const found = await this.#findings(definition, tenant, change);
    // What stays as it is, is no reason to refuse what changes.
    const stays = ({ severity, field }: Finding): boolean =>
      change?.recurs === false && severity === 'error' && field.startsWith('recurrence');
    return found.filter((finding) => !stays(finding));
  }

  /** Schedules that there are, or that are on their way to the log: each where it is known first. */
  #counts(
    tenant: string,
    {
      user,
      provider,
      except,
    }: { readonly user: string; readonly provider: string; readonly except: string | undefined },
  ): { readonly user: number; readonly userProvider: number } {
    const { facts, quotas } = this.options;
    return facts.atOnce((position) => {
      this.#holds.passed(position);
      const count = (most: number, ...whose: readonly [user: string, provider?: string]): number => {
        const there =
          facts.countSchedules(tenant, ...whose) + this.#newcomers.after(position, tenant, ...whose);
        const coming = [...this.#holds.of(tenant, ...whose)].filter((id) => id !== except);
        if (there + coming.length < most) return there + coming.length;
        // One that is stored may be counted before whoever asked for it has its answer.
        return there + coming.filter((id) => facts.schedule(tenant, id) === undefined).length;
      };
      return {
        user: count(quotas.schedulesPerUser, user),
        userProvider: count(quotas.schedulesPerUserAndProvider, user, provider),
      };
    });
  }

  async #findings(
    definition: ScheduleDefinition,
    tenant: string,
    change: DefinitionChange | undefined,
    hold?: string,
  ): Promise<readonly Finding[]> {
    const schedule = change?.schedule;
    const { actors, facts, quotas, freshness, lateAt, environment, allowShortIntervals } = this.options;
    const { user, provider, connection } = definition;
    const { state } = await actors.read(connectionAggregate, connectionStream(tenant, connection));
    const others = state.claims.filter((claim) => claim.schedule !== schedule);
    const counts =
      schedule === undefined
        ? this.#counts(tenant, { user, provider, except: hold })
        : // It is there already, whoever else came meanwhile.
          { user: 0, userProvider: 0 };
    const observedDurationMs = schedule === undefined ? undefined : facts.observedDuration(schedule);
    const longest = freshness(provider);
    const found = validateDefinition(definition, {
      now: environment.clock.now(),
      lateAt: (due) => lateAt(provider, due),
      sameConnection: others.map((claim) => ({
        id: claim.schedule,
        operation: claim.operation,
        status: 'active',
      })),
      counts,
      quotas: {
        ...quotas,
        minimumIntervalMs: allowShortIntervals ? 1_000 : providerEntry(provider).minimumInterval,
      },
      ...(observedDurationMs === undefined ? {} : { observedDurationMs }),
      ...(longest === undefined ? {} : { freshnessMs: longest }),
      ...(state.profile === undefined && schedule === undefined && this.options.connectorsServe
        ? { unregistered: true }
        : {}),
      // Of one that there is neither can be changed.
      ...(state.profile === undefined || schedule !== undefined ? {} : { connectionOf: state.profile }),
      ...(state.suspension === undefined || schedule !== undefined
        ? {}
        : { connectionSuspended: { cause: state.suspension.cause, message: state.suspension.message } }),
    });
    // In the turn in which it was counted: whoever is judged next meets it.
    if (hold !== undefined && !found.some(({ severity }) => severity === 'error'))
      this.#holds.add(hold, tenant, definition);
    return found;
  }
}
