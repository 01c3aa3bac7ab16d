import { daysAfter } from './dates.js';
import { isOver } from './observation.js';
/** Each charge once, with the one row that it belongs to: rows of a connection share its charges, and each has its own. */ export function chargesByRow(observations, charges) {
    const rows = Map.groupBy(observations, ({ connection })=>connection);
    const found = new Map();
    for (const charge of charges){
        const owner = ownerOf(charge, rows.get(charge.connection) ?? []);
        if (owner === undefined) continue;
        const own = found.get(owner);
        if (own === undefined) found.set(owner, [
            charge
        ]);
        else own.push(charge);
    }
    return found;
}
/** The row that the charge names; otherwise, of those of its service that were running then, the one that fits best. */ function ownerOf(charge, rows) {
    const named = rows.find(({ key })=>key === charge.subscription);
    if (named !== undefined) return named;
    const could = rows.filter((row)=>row.service === charge.service && isSameAccount(row, charge)).toSorted((a, b)=>byFit(a, b, charge));
    // What comes back after the end, or was paid the day before the start, is of one of them all the same.
    return could.find((row)=>wasRunning(row, charge)) ?? could.find((row)=>isNear(row, charge));
}
/** A first payment may be booked so many days before the subscription begins. */ const EARLY_DAYS = 3;
/** What comes back does so within a quarter of a year. */ const REFUND_DAYS = 92;
function isNear({ startedOn, endedOn }, { occurredOn, amountMinor }) {
    if (startedOn !== null && occurredOn < daysAfter(startedOn, -EARLY_DAYS)) return false;
    return endedOn === null || occurredOn <= daysAfter(endedOn, amountMinor < 0 ? REFUND_DAYS : 0);
}
const isSameAccount = ({ account }, charge)=>account === null || charge.account === null || account === charge.account;
function wasRunning(row, { periodStart, occurredOn }) {
    const day = periodStart ?? occurredOn;
    if (row.startedOn !== null && day < row.startedOn) return false;
    return !isOver(row) || row.endedOn === null || day <= row.endedOn;
}
/** What was begun last comes first, then what costs most nearly as much. */ function byFit(a, b, charge) {
    return (b.startedOn ?? '').localeCompare(a.startedOn ?? '') || distance(a, charge) - distance(b, charge) || Number(a.goneSince !== null) - Number(b.goneSince !== null) || a.firstSeen - b.firstSeen || a.key.localeCompare(b.key);
}
function distance({ priceMinor, currency }, charge) {
    const isOther = currency !== null && charge.currency !== null && currency !== charge.currency;
    return priceMinor === null || isOther ? Number.MAX_SAFE_INTEGER : Math.abs(priceMinor - Math.abs(charge.amountMinor));
}

//# sourceMappingURL=charges.js.map