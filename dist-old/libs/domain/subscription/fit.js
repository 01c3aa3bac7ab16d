import { saidAt } from './clean.js';
import { dayOf, daysAfter } from './dates.js';
import { isLiving, isOver } from './observation.js';
/** A bank books a payment some days after it was made. */ const BOOKING_DAYS = 3;
const namesOf = ({ account, alias })=>[
        account,
        alias
    ].filter((name)=>name !== null);
/** Undefined: one of the two does not say. */ export function sameAccount(a, b) {
    const [names, others] = [
        namesOf(a),
        namesOf(b)
    ];
    if (names.length === 0 || others.length === 0) return undefined;
    return names.some((name)=>others.includes(name));
}
export const differ = (a, b)=>a !== null && b !== null && a !== b;
/** Whether two observations can be of one subscription. */ export function agree(a, b) {
    if (a.service !== b.service) return false;
    if (a.connection === b.connection && !succeeds(a, b) && !succeeds(b, a)) return false;
    const banks = [
        a,
        b
    ].filter(({ source })=>source === 'bank').length;
    if (banks === 0) return sayAlike(a, b);
    if (banks === 1) return !wasPaidAfter(a, b) && !wasPaidAfter(b, a);
    // Who changes banks stops paying at one of them.
    return isAlike(a, b) || a.connection !== b.connection && !(isLiving(a) && isLiving(b));
}
/**
 * One connection lists each subscription once: two rows of it are two, unless one came after the other had gone. So it is with
 * a bank that was linked anew, under other ids.
 */ const succeeds = (next, gone)=>gone.goneSince !== null && next.firstSeen > gone.lastSeen;
/** Of the same money at the bank. */ const isAlike = (a, b)=>!differ(a.currency, b.currency) && !differ(a.interval, b.interval) && ratioOf(a, b) !== 'far';
function sayAlike(a, b) {
    const account = sameAccount(a, b);
    if (account === false || endedBefore(a, b) || endedBefore(b, a)) return false;
    const sameConnector = a.connector === b.connector;
    if (sameConnector && differ(a.startedOn, b.startedOn)) return false;
    // The same row in two files, of which one is older.
    if (sameConnector && a.key === b.key && a.startedOn !== null && b.startedOn !== null) return true;
    if (isOver(a) !== isOver(b) && differ(a.plan, b.plan)) return false;
    // Of accounts that nobody knows only what is paid for tells them apart, and the plan where both have the same words for it.
    if ([
        a,
        b
    ].some((one)=>namesOf(one).length > 0)) return true;
    return !differ(a.currency, b.currency) && !differ(a.interval, b.interval) && !(sameConnector && differ(a.plan, b.plan));
}
const endedBefore = (ended, { startedOn })=>isOver(ended) && ended.endedOn !== null && startedOn !== null && startedOn > ended.endedOn;
/** Who pays after a subscription ended pays for another one. */ function wasPaidAfter(ended, { source, paidOn }) {
    if (source !== 'bank' || paidOn === null || !isOver(ended)) return false;
    const end = ended.endedOn ?? dayOf(saidAt(ended));
    return paidOn > daysAfter(end, BOOKING_DAYS);
}
function ratioOf(a, b) {
    if (a.priceMinor === null || b.priceMinor === null) return undefined;
    const ratio = b.priceMinor / Math.max(1, a.priceMinor);
    return ratio === 1 ? 'same' : ratio > 0.75 && ratio < 1.35 ? 'near' : 'far';
}
const PRICE = {
    same: 3,
    near: 1,
    far: -1
};
/** How well two go together, of those that can be one. */ export function fit(a, b) {
    let score = isLiving(a) === isLiving(b) ? 2 : 0;
    if (a.startedOn !== null && b.startedOn !== null) score += a.startedOn === b.startedOn ? 4 : 0;
    if (a.plan !== null && b.plan !== null) score += a.plan === b.plan ? 2 : 0;
    if (a.currency !== null && b.currency !== null) score += a.currency === b.currency ? 1 : -2;
    if (a.interval !== null && b.interval !== null) score += a.interval === b.interval ? 1 : -1;
    const ratio = ratioOf(a, b);
    return ratio === undefined ? score : score + PRICE[ratio];
}

//# sourceMappingURL=fit.js.map