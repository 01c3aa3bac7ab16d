import { breathing, type ScheduleValidation } from '#lib/application/validation';
import { MAX_BULK, type BulkFilter } from '#lib/contracts/api';
import { planFor, type BulkChange, type BulkItem, type Candidate } from '#lib/domain/bulk';
import type { Instant } from '#lib/domain/kernel';
import {
  mergeChanges,
  type PauseCause,
  type ScheduleChanges,
  type ScheduleDefinition,
} from '#lib/domain/schedule';
import type { Environment } from '#lib/ports';
import { changesOf } from './changes-of.js';

/** A schedule as the read model has it. */
type Row = {
  readonly id: string;
  readonly version: number;
  readonly status: Candidate['status'];
  readonly definition: ScheduleDefinition;
  readonly pauseCause: PauseCause | null;
  readonly pauseNote: string | null;
  readonly pausedUntil: Instant | null;
};

/** What the read model knows of schedules that match. */
export type BulkFacts = {
  schedules(
    tenant: string,
    filter: Omit<BulkFilter, 'all'>,
    paging: { readonly limit: number; readonly cursor?: string | undefined },
  ): { readonly items: readonly Row[]; readonly cursor?: string };
  /** Ids of the tenant's bulk changes that are not done. */
  openBulkChanges(tenant: string): readonly string[];
};

/** One that is not changed, and why. */
export type Refusal = { readonly schedule: string; readonly reason: string; readonly message: string };

/** What a change would do. */
export type Plan = {
  readonly matched: number;
  readonly items: readonly BulkItem[];
  /** They are so already. */
  readonly unchanged: number;
  /** By reason. */
  readonly refused: Readonly<Record<string, number>>;
  /** The first of those. */
  readonly refusals: readonly Refusal[];
  /** There are more than may be changed at once: the plan ends with those. */
  readonly tooMany: boolean;
};

const PAGE = 500;
/** Refusals that are told one by one. */
const TOLD = 20;

const messages: Readonly<Record<string, string>> = {
  schedule_completed: 'its last occurrence is decided: it does not change any more',
  schedule_deleted: 'it was deleted',
  connection_suspended: 'its connection is suspended; restore that, and it goes on',
};

const candidateOf = ({ pauseCause, pauseNote, pausedUntil, ...row }: Row): Candidate => ({
  ...row,
  ...(pauseCause === null
    ? {}
    : {
        pause: {
          cause: pauseCause,
          ...(pauseNote === null ? {} : { note: pauseNote }),
          ...(pausedUntil === null ? {} : { until: pausedUntil }),
        },
      }),
});

export type PlanningOptions = {
  readonly facts: BulkFacts;
  readonly validation: Pick<ScheduleValidation, 'findings'>;
  readonly environment: Environment;
};

/** Goes through all that match, page by page and with breaks, and says what the change would do to each. */
export class Planning {
  readonly #items: BulkItem[] = [];
  readonly #refused: Record<string, number> = {};
  readonly #refusals: Refusal[] = [];
  readonly #changes: ((definition: ScheduleDefinition) => ScheduleChanges) | undefined;
  #matched = 0;
  #unchanged = 0;

  constructor(
    private readonly options: PlanningOptions,
    private readonly tenant: string,
    private readonly change: BulkChange,
  ) {
    const now = Math.floor(options.environment.clock.now());
    this.#changes = change.action === 'update' ? changesOf(change.set, now) : undefined;
  }

  async plan({ all: _, ...filter }: BulkFilter): Promise<Plan> {
    const breath = breathing(this.options.environment);
    let cursor: string | undefined;
    do {
      const page = this.options.facts.schedules(this.tenant, filter, { limit: PAGE, cursor });
      for (const row of page.items) {
        await breath();
        await this.#judge(candidateOf(row));
        if (this.#items.length > MAX_BULK) return this.#planned(true);
      }
      ({ cursor } = page);
    } while (cursor !== undefined);
    return this.#planned(false);
  }

  #planned(tooMany: boolean): Plan {
    return {
      matched: this.#matched,
      items: this.#items.slice(0, MAX_BULK),
      unchanged: this.#unchanged,
      refused: this.#refused,
      refusals: this.#refusals,
      tooMany,
    };
  }

  async #judge(candidate: Candidate): Promise<void> {
    this.#matched += 1;
    const { id, definition } = candidate;
    const changes = this.#changes?.(definition);
    const planned = planFor(this.change, candidate, changes);
    if (planned.kind === 'unchanged') {
      this.#unchanged += 1;
    } else if (planned.kind === 'refused') {
      this.#refuse({
        schedule: id,
        reason: planned.reason,
        message: messages[planned.reason] ?? planned.reason,
      });
    } else {
      const wrong = changes === undefined ? undefined : await this.#wrong(candidate, changes);
      if (wrong === undefined) this.#items.push(planned.item);
      else this.#refuse({ schedule: id, reason: 'invalid_schedule', message: wrong });
    }
  }

  #refuse(refusal: Refusal): void {
    this.#refused[refusal.reason] = (this.#refused[refusal.reason] ?? 0) + 1;
    if (this.#refusals.length < TOLD) this.#refusals.push(refusal);
  }

  /** What would be wrong with it then. */
  async #wrong({ id, definition }: Candidate, changes: ScheduleChanges): Promise<string | undefined> {
    const found = await this.options.validation.findings(mergeChanges(definition, changes), this.tenant, {
      schedule: id,
      recurs: changes.recurrence !== undefined,
    });
    const errors = found.filter(({ severity, kind }) => severity === 'error' && kind !== 'duplicate');
    return errors.length === 0
      ? undefined
      : errors
          .map(({ field, message }) => `${field}: ${message}`)
          .join('; ')
          .slice(0, 500);
  }
}
