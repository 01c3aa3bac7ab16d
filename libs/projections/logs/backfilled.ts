import type { Instant } from '#lib/domain/kernel';
import { backfillRun } from '#lib/domain/schedule';
import type { Queries } from '../runner/queries.js';
import { itemsOf } from '../store/paging.js';

export type Backfill = {
  readonly schedule: string;
  /** What its runs are named after. */
  readonly request: string;
  readonly from: Instant;
  /** The last instant of it. */
  readonly to: Instant;
};

/** Its runs, oldest first, whatever has become of them: of a request that is made again too. */
export function backfilledRuns(
  reads: Pick<Queries, 'runs'>,
  tenant: string,
  { schedule, request, from, to }: Backfill,
): readonly string[] {
  const wanted = { schedule, trigger: 'backfill', from, to: to + 1 } as const;
  return itemsOf((paging) => reads.runs(tenant, wanted, paging))
    .flatMap(({ run, nominal }) => (run === backfillRun(schedule, request, nominal) ? run : []))
    .toReversed();
}
