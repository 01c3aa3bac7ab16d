import { DAY } from '#lib/domain/kernel';
import { replacedFrom } from './reach.js';
/** The most that Plaid has (`days_requested`, …/docs/api/link/#link-token-create): an odd date is no proof of more. */ const WINDOW = 730 * DAY;
/**
 * What Plaid does not tell any more. It tells all that recurs each time, unless it has not looked yet. It tells all
 * charges when it is read without a cursor, and they reach back to a day: older ones stay. So nothing of the past of a
 * bank that was linked anew is lost but what its new link tells under new ids; what is told of accounts that reach back
 * further than others may be there under both.
 */ export function* withdrawn(recurring, { due, ...reach }, now) {
    if (recurring.asOf !== null) yield {
        kind: 'complete',
        stream: 'subscriptions',
        since: now
    };
    const first = replacedFrom(reach);
    if (due === undefined || first === undefined) return;
    const earliest = new Date(now - WINDOW).toISOString().slice(0, 10);
    yield {
        kind: 'complete',
        stream: 'charges',
        since: due,
        from: first < earliest ? earliest : first
    };
}

//# sourceMappingURL=withdrawals.js.map