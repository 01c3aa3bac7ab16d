import { connectionAggregate, type Actors } from '#lib/application/actors';
import type { StoredEvent } from '#lib/contracts/events';
import { connectionStream } from '#lib/contracts/streams';
import type { Millis } from '#lib/domain/kernel';
import { providerEntry } from '#lib/domain/provider';
import type { ScheduleDefinition } from '#lib/domain/schedule';
import { validateDefinition, type Finding } from '#lib/domain/validation';
import type { Environment } from '#lib/ports';
import { Ahead } from './ahead.js';
import { Newcomers } from './newcomers.js';
import { breathing } from './breathing.js';

/** What the read model knows that a definition is checked against. */
export type ValidationFacts = {
  countSchedules(tenant: string, user: string, provider?: string): number;
  /** Several questions of one instant, and the position that their answers reflect. */
  atOnce<T>(work: (position: number) => T): T;
  position(): number;
  observedDuration(schedule: string): Millis | undefined;
};

export type ScheduleValidationOptions = {
  readonly actors: Actors;
  readonly facts: ValidationFacts;
  readonly quotas: { readonly schedulesPerUser: number; readonly schedulesPerUserAndProvider: number };
  readonly allowShortIntervals: boolean;
  readonly freshness: (provider: string) => Millis | undefined;
  readonly environment: Environment;
};

/** `recurs`: its recurrence is another. */
export type DefinitionChange = { readonly schedule: string; readonly recurs: boolean };

/** Gathers what a definition must be checked against, and has the pure validator judge it. */
export class ScheduleValidation {
  readonly #newcomers = new Newcomers();

  constructor(private readonly options: ScheduleValidationOptions) {}

  /** To be shown every event: what the read model does not count yet is counted here. */
  saw(event: StoredEvent): void {
    this.#newcomers.saw(event, this.options.facts.position());
  }

  /**
   * The findings of each of many new definitions, which count against the quotas of those after them unless they are
   * refused themselves. Others get their turns in between: a look at a cron's next occurrences may take milliseconds.
   */
  async findingsOfEach(
    definitions: readonly ScheduleDefinition[],
    tenant: string,
  ): Promise<readonly (readonly Finding[])[]> {
    const ahead = new Ahead();
    const breath = breathing(this.options.environment);
    const all: (readonly Finding[])[] = [];
    for (const definition of definitions) {
      await breath();
      const findings = await this.findings(definition, tenant, undefined, ahead);
      if (!findings.some(({ severity }) => severity === 'error')) ahead.add(definition);
      all.push(findings);
    }
    return all;
  }

  /**
   * All findings: errors, which refuse the definition, and warnings. `change`: of a schedule that there is. `ahead`: what
   * the same request creates before it.
   */
  async findings(
    definition: ScheduleDefinition,
    tenant: string,
    change?: DefinitionChange,
    ahead?: Ahead,
  ): Promise<readonly Finding[]> {
    const found = await this.#findings(definition, tenant, change, ahead);
    // What stays as it is, is no reason to refuse what changes.
    const stays = ({ severity, field }: Finding): boolean =>
      change?.recurs === false && severity === 'error' && field.startsWith('recurrence');
    return found.filter((finding) => !stays(finding));
  }

  async #findings(
    definition: ScheduleDefinition,
    tenant: string,
    change: DefinitionChange | undefined,
    ahead: Ahead | undefined,
  ): Promise<readonly Finding[]> {
    const schedule = change?.schedule;
    const { actors, facts, quotas, freshness, environment, allowShortIntervals } = this.options;
    const { user, provider, connection } = definition;
    const { state } = await actors.read(connectionAggregate, connectionStream(tenant, connection));
    const others = state.claims.filter((claim) => claim.schedule !== schedule);
    const counts = facts.atOnce((position) => {
      // It is there already, whoever else came meanwhile.
      if (schedule !== undefined) return { user: 0, userProvider: 0 };
      const of = (...whose: readonly [user: string, provider?: string]): number =>
        facts.countSchedules(tenant, ...whose) +
        this.#newcomers.after(position, tenant, ...whose) +
        (ahead?.of(...whose) ?? 0);
      return { user: of(user), userProvider: of(user, provider) };
    });
    const observedDurationMs = schedule === undefined ? undefined : facts.observedDuration(schedule);
    const longest = freshness(provider);
    return validateDefinition(definition, {
      now: environment.clock.now(),
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
      // Of one that there is neither can be changed.
      ...(state.profile === undefined || schedule !== undefined ? {} : { connectionOf: state.profile }),
      ...(state.suspension === undefined || schedule !== undefined
        ? {}
        : { connectionSuspended: { cause: state.suspension.cause, message: state.suspension.message } }),
    });
  }
}
