import type { SyncRecord } from '#lib/ports';
import { ConnectorError } from '../kit/index.js';
import type { Play, Profile } from './answers.js';

/** The account that records belong to. `account_id` never changes; `id` stands in for apps that do not get it. */
export function accountOf(profile: Profile): string {
  const account = profile.account_id ?? profile.id;
  if (account !== undefined) return account;
  throw new ConnectorError('SCHEMA_DRIFT', 'spotify sent a profile without account_id and id', {
    code: 'no_account',
  });
}

/** Spotify tells the plan and nothing else: no price, no renewal date. An unknown plan is null and overwrites nothing. */
export function subscriptionRecord(account: string, profile: Profile): SyncRecord {
  const raw = profile.product?.toLowerCase() ?? null;
  return {
    stream: 'subscriptions',
    key: account,
    data: {
      account_ref: account,
      // `open` is Spotify's other word for free.
      plan: raw === 'open' ? 'free' : raw,
      plan_raw: profile.product ?? null,
      status: raw === null ? null : 'active',
    },
  };
}

export function usageRecord(account: string, { track, played_at }: Play): SyncRecord {
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
      by: track.artists.map((artist) => artist.name).join(', ') || null,
    },
  };
}
