import { ConnectorError } from '../kit/index.js';
/** The account that records belong to. `account_id` never changes; `id` stands in for apps that do not get it. */ export function accountOf(profile) {
    const account = profile.account_id ?? profile.id;
    if (account !== undefined) return account;
    throw new ConnectorError('SCHEMA_DRIFT', 'spotify sent a profile without account_id and id', {
        code: 'no_account'
    });
}
/** The account's other name, by which Spotify's export knows it, where it is not the first. */ const aliasOf = (account, { id })=>id === account ? null : id ?? null;
/** Whether the account is the one of a name that was noted before: Spotify began to tell `account_id` beside `id`. */ export const isOf = ({ account_id, id }, noted)=>noted === account_id || noted === id;
/** Spotify tells the plan and nothing else: no price, no renewal date. An unknown plan is null and overwrites nothing. */ export function subscriptionRecord(account, profile) {
    const raw = profile.product?.toLowerCase() ?? null;
    return {
        stream: 'subscriptions',
        key: account,
        data: {
            account_ref: account,
            account_alias: aliasOf(account, profile),
            // `open` is Spotify's other word for free.
            plan: raw === 'open' ? 'free' : raw,
            plan_raw: profile.product ?? null,
            status: raw === null ? null : 'active'
        }
    };
}
export function usageRecord(account, { track, played_at }) {
    const item = track.id ?? track.uri ?? track.name;
    return {
        stream: 'usage',
        key: `${account}|${played_at}|${item}`,
        data: {
            account_ref: account,
            kind: 'play',
            item: track.name,
            item_ref: item,
            occurred_at: played_at,
            amount: track.duration_ms ?? null,
            unit: typeof track.duration_ms === 'number' ? 'ms' : null,
            by: track.artists.map((artist)=>artist.name).join(', ') || null
        }
    };
}

//# sourceMappingURL=records.js.map