import { backfillRun } from '#lib/domain/schedule';
import { itemsOf } from '../store/paging.js';
/** Its runs, oldest first, whatever has become of them: of a request that is made again too. */ export function backfilledRuns(reads, tenant, { schedule, request, from, to }) {
    const wanted = {
        schedule,
        trigger: 'backfill',
        from,
        to: to + 1
    };
    return itemsOf((paging)=>reads.runs(tenant, wanted, paging)).flatMap(({ run, nominal })=>run === backfillRun(schedule, request, nominal) ? run : []).toReversed();
}

//# sourceMappingURL=backfilled.js.map