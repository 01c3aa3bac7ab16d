import { mergeSubscriptions, readableDay, sources } from '#lib/domain/subscription';
import { givenIds } from './given-ids.js';
/** Most rows of subscriptions that one user's answer is made of, and of charges over each connection that tells of some. */ const ROWS = 5_000;
/** What was synced, merged into one list of subscriptions for each user: each from all of their rows. */ export class SubscriptionView {
    constructor(records, store, now){
        this.records = records;
        this.store = store;
        this.now = now;
    }
    async list(of) {
        const rows = (await this.records.subscriptions({
            ...of,
            limit: ROWS
        })).map(observation);
        const charges = [];
        // One by one, so that what is paid every day over one connection leaves no other without its charges.
        for (const connection of new Set(rows.map((row)=>row.connection)))charges.push(...(await this.records.charges({
            ...of,
            connection,
            limit: ROWS
        })).flatMap(charge));
        const given = new Map();
        for (const service of new Set(rows.map((row)=>row.service)))given.set(service, await givenIds(this.store, of, service));
        const merged = mergeSubscriptions(rows, charges, this.now(), given);
        return merged.map((subscription)=>({
                user: of.user,
                ...subscription
            }));
    }
    /** Of at most `limit` users, by name. */ async page({ tenant, after, limit }) {
        const users = await this.records.users({
            tenant,
            after,
            limit: limit + 1
        });
        const items = [];
        for (const user of users.slice(0, limit))items.push(...await this.list({
            tenant,
            user
        }));
        const next = users.length > limit ? users[limit - 1] : undefined;
        return {
            items,
            ...next === undefined ? {} : {
                next
            }
        };
    }
}
const text = (value)=>typeof value === 'string' && value !== '' ? value : null;
function sourceOf({ connector, extra }) {
    const said = sources.find((source)=>source === extra['source']);
    if (said !== undefined) return said;
    return connector.endsWith('.export') ? 'export' : connector.startsWith('bank.') ? 'bank' : 'api';
}
/** Connectors say it as a number or in words. */ const WORDS = {
    high: 0.95,
    medium: 0.75,
    low: 0.5
};
const UNSAID = {
    api: 1,
    export: 0.9,
    bank: 0.7
};
function confidenceOf(said, source) {
    if (typeof said === 'number' && said >= 0 && said <= 1) return said;
    return WORDS[String(said)] ?? UNSAID[source];
}
/**
 * A bank's record, or a provider's that sells several, names the service that it is about: in one word of ours, while a provider's
 * own words for it are no name of a service.
 */ function serviceOf({ extra, provider }) {
    const service = text(extra['service']) ?? '';
    return text(extra['provider']) ?? (/^[a-z0-9][a-z0-9_]*$/.test(service) ? service : provider);
}
function observation(row) {
    const source = sourceOf(row);
    const { connection, connector, key, firstSeen, lastSeen, goneSince, asOf } = row;
    const { plan, status, priceMinor, currency, interval, renewsOn, autoRenew, startedOn, endedOn } = row;
    return {
        service: serviceOf(row),
        connection,
        connector,
        source,
        account: row.accountRef,
        alias: text(row.extra['account_alias']),
        merchant: text(row.extra['merchant']),
        key,
        confidence: confidenceOf(row.extra['confidence'], source),
        asOf,
        paidOn: text(row.extra['last_charged_on']),
        firstSeen,
        lastSeen,
        goneSince,
        plan,
        status,
        priceMinor,
        currency,
        interval,
        renewsOn,
        autoRenew,
        startedOn,
        endedOn
    };
}
function charge(row) {
    const { connection, amountMinor, currency, statusRaw, accountRef } = row;
    const [occurredOn, periodStart] = [
        readableDay(row.occurredOn),
        readableDay(row.periodStart)
    ];
    if (occurredOn === null || amountMinor === null || statusRaw === 'removed') return [];
    return [
        {
            service: serviceOf(row),
            connection,
            occurredOn,
            amountMinor,
            currency,
            subscription: text(row.extra['subscription']),
            account: accountRef,
            periodStart
        }
    ];
}

//# sourceMappingURL=view.js.map