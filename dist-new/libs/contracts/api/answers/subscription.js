import { z } from 'zod';
import { factNames, sources } from '#lib/domain/subscription';
import { event } from './event.js';
import { date, instant, pageOf } from './primitives.js';
/** What the syncs brought home. Null: not known. */ const text = z.string().nullable();
const day = date.nullable();
const asOf = text.describe('What it is the truth of: a date, or an instant');
const minor = 'Money in minor units of its currency';
const amount = z.int().nullable().describe(minor);
const currency = z.string().nullable().describe('ISO 4217');
export const subscription = z.strictObject({
    user: z.string(),
    id: z.string().describe('Within its user'),
    service: z.string(),
    account: text,
    merchant: text,
    plan: text,
    status: text,
    priceMinor: amount,
    currency,
    interval: text.describe('month, year, week, or a count of them: 3 month'),
    renewsOn: day,
    renewalEstimated: z.boolean().describe('Counted on from an older date; nobody said it'),
    autoRenew: z.boolean().nullable(),
    startedOn: day,
    endedOn: day,
    confidence: z.number().describe('0 to 1'),
    asOf,
    goneSince: instant.nullable().describe('Since when no source tells of it any more'),
    lastCharges: z.array(z.strictObject({
        service: z.string(),
        connection: z.string(),
        occurredOn: date,
        amountMinor: z.int().describe(minor),
        currency
    })).describe('Newest first'),
    sources: z.array(z.strictObject({
        connection: z.string(),
        connector: z.string(),
        source: z.enum(sources),
        asOf,
        lastSeen: instant,
        goneSince: instant.nullable().describe('Since when it does not tell of it any more')
    })),
    disagreements: z.array(z.strictObject({
        fact: z.enum(factNames),
        said: z.array(z.strictObject({
            connection: z.string(),
            value: z.union([
                z.string(),
                z.number(),
                z.boolean()
            ])
        }))
    })).describe('Facts on which sources differ')
});
export const subscriptionList = pageOf(subscription);
export const subscriptionWithHistory = subscription.extend({
    history: z.array(event).describe('Oldest change first')
});
const row = {
    tenant: z.string(),
    user: z.string(),
    connection: z.string(),
    provider: z.string(),
    connector: z.string(),
    key: z.string(),
    extra: z.record(z.string(), z.union([
        z.string(),
        z.number(),
        z.boolean()
    ]).nullable()).describe('What the provider told besides'),
    firstSeen: instant,
    lastSeen: instant,
    accountRef: text
};
export const charge = z.strictObject({
    ...row,
    occurredOn: day,
    amountMinor: amount,
    taxMinor: amount,
    currency,
    periodStart: day,
    periodEnd: day,
    description: text,
    statusRaw: text,
    method: text,
    methodLast4: text,
    asOf
});
/** Newest first. */ export const chargeList = pageOf(charge);
export const usage = z.strictObject({
    ...row,
    kind: text,
    item: text,
    itemRef: text,
    by: text,
    occurredAt: text.describe('ISO 8601 in UTC, or a date where the provider tells no time'),
    amount: z.number().nullable().describe('In `unit`'),
    unit: text
});
/** Newest first. */ export const usageList = pageOf(usage);

//# sourceMappingURL=subscription.js.map