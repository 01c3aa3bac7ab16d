import { dayOf, daysAfter, laterDate, periodOf, readable, readableDay, shifted } from './dates.js';
import { isOver } from './observation.js';
import { ourWord } from './words.js';
/** Days that a payment may be late before a bank says that there are no more. */ const GRACE = 7;
/** An observation in our words, without what is no date, and without what nobody says any more. */ export function cleaned(told) {
    const { currency, interval, status } = told;
    const observation = {
        ...told,
        status: status === null ? null : ourWord('status', status),
        interval: interval === null ? null : ourWord('interval', interval),
        currency: currency?.toUpperCase() ?? null,
        asOf: readable(told.asOf),
        paidOn: readableDay(told.paidOn),
        renewsOn: readableDay(told.renewsOn),
        startedOn: readableDay(told.startedOn),
        endedOn: readableDay(told.endedOn)
    };
    // That it was over stays true; that it lives and renews was the word of who does not tell of it any more.
    return observation.goneSince === null || isOver(observation) ? observation : {
        ...observation,
        status: null,
        renewsOn: null,
        autoRenew: null
    };
}
/**
 * With the day that it is the truth of, and of a bank that of the last payment, by its charges too. A file that says no day
 * is as old as what it tells at the latest, however often it is read.
 */ export function dated(observation, charges, now) {
    const today = dayOf(now);
    const paid = charges.filter(({ amountMinor, occurredOn })=>amountMinor > 0 && occurredOn <= today).map(({ occurredOn })=>occurredOn);
    if (observation.source === 'bank') return {
        ...observation,
        paidOn: [
            ...paid,
            impliedPayment(observation)
        ].reduce(laterDate, observation.paidOn)
    };
    if (observation.source !== 'export' || observation.asOf !== null) return observation;
    const days = [
        observation.startedOn,
        observation.endedOn,
        ...paid
    ];
    return {
        ...observation,
        asOf: days.filter((day)=>day !== null && day <= today).reduce(laterDate, null)
    };
}
/** What is active at the bank was paid for not longer than an interval ago, and an interval before it renews. */ function impliedPayment({ status, interval, renewsOn, asOf, lastSeen }) {
    const period = periodOf(interval ?? '');
    if (status !== 'active' || period === undefined) return null;
    const seen = readableDay(asOf) ?? dayOf(lastSeen);
    const paid = (day)=>daysAfter(shifted(day, period, -1), -GRACE);
    const renewed = renewsOn === null ? null : paid(renewsOn);
    return renewed !== null && renewed <= seen ? laterDate(paid(seen), renewed) : paid(seen);
}
/** A file that tells no day at all was known when it was first read: reading it again makes it no younger. */ export const saidAt = ({ asOf, source, firstSeen, lastSeen })=>asOf !== null ? Date.parse(asOf) : source === 'export' ? firstSeen : lastSeen;

//# sourceMappingURL=clean.js.map