import { Bins } from '../store/bins.js';
export const countNames = [
    'queued',
    'started',
    'succeeded',
    'failed',
    'abandoned',
    'cancelled',
    'snoozed',
    'retries',
    'skipped',
    'missed',
    'recordsRead',
    'recordsWritten',
    'recordsRejected'
];
/** Of two numbers, of which either may not be known yet. */ const either = (one, other, choose)=>one === null ? other : other === null ? one : choose(one, other);
function bothBins(one, other) {
    if (one === null || other === null) return one ?? other;
    const bins = new Bins();
    bins.merge(one);
    bins.merge(other);
    return bins;
}
/** What was counted of some streams and what was counted of others, in one row. */ export function together(one, other) {
    const row = {
        ...one
    };
    for (const name of [
        ...countNames,
        'durationSumMs',
        'latenessSumMs'
    ])row[name] += other[name];
    row.durationMinMs = either(one.durationMinMs, other.durationMinMs, Math.min);
    row.durationMaxMs = either(one.durationMaxMs, other.durationMaxMs, Math.max);
    row.latenessMaxMs = either(one.latenessMaxMs, other.latenessMaxMs, Math.max);
    row.durationBins = bothBins(one.durationBins, other.durationBins);
    row.latenessBins = bothBins(one.latenessBins, other.latenessBins);
    return row;
}
export const statisticTable = {
    name: 'sync_statistics',
    columns: {
        tenant: 'text',
        bucket: 'text',
        scope: 'text',
        subject: 'text',
        start: 'number',
        queued: 'number',
        started: 'number',
        succeeded: 'number',
        failed: 'number',
        abandoned: 'number',
        cancelled: 'number',
        snoozed: 'number',
        retries: 'number',
        skipped: 'number',
        missed: 'number',
        recordsRead: 'number',
        recordsWritten: 'number',
        recordsRejected: 'number',
        durationSumMs: 'number',
        durationMinMs: 'number',
        durationMaxMs: 'number',
        latenessSumMs: 'number',
        latenessMaxMs: 'number',
        durationBins: 'bins',
        latenessBins: 'bins'
    },
    // By time before subject: what is counted now lies together, and a range of all subjects is read in one piece.
    key: [
        'tenant',
        'bucket',
        'scope',
        'start',
        'subject'
    ],
    fixed: [],
    indexes: [],
    capacity: 200_000,
    time: 'start',
    together
};

//# sourceMappingURL=table.js.map