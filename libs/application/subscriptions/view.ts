import type { Instant } from '#lib/domain/kernel';
import {
  mergeSubscriptions,
  readableDay,
  sources,
  type GivenId,
  type Observation,
  type Source,
  type Subscription,
  type ToldCharge,
} from '#lib/domain/subscription';
import type { EventStore } from '#lib/event-store/port';
import type { ChargeRow, SubscriptionRow, SyncedRecords } from '#lib/ports';
import { givenIds } from './given-ids.js';

/** Most rows of subscriptions that one user's answer is made of, and of charges over each connection that tells of some. */
const ROWS = 5_000;

export type UserSubscription = Subscription & { readonly user: string };

/** Some users' subscriptions. `next`: there are more, after this user. */
export type SubscriptionPage = {
  readonly items: readonly UserSubscription[];
  readonly next?: string;
};

/** What was synced, merged into one list of subscriptions for each user: each from all of their rows. */
export class SubscriptionView {
  constructor(
    private readonly records: Pick<SyncedRecords, 'users' | 'subscriptions' | 'charges'>,
    private readonly store: Pick<EventStore, 'readStream'>,
    private readonly now: () => Instant,
  ) {}

  async list(of: { readonly tenant: string; readonly user: string }): Promise<readonly UserSubscription[]> {
    const rows = (await this.records.subscriptions({ ...of, limit: ROWS })).map(observation);
    const charges: ToldCharge[] = [];
    // One by one, so that what is paid every day over one connection leaves no other without its charges.
    for (const connection of new Set(rows.map((row) => row.connection)))
      charges.push(...(await this.records.charges({ ...of, connection, limit: ROWS })).flatMap(charge));
    const given = new Map<string, readonly (GivenId | null)[]>();
    for (const service of new Set(rows.map((row) => row.service)))
      given.set(service, await givenIds(this.store, of, service));
    const merged = mergeSubscriptions(rows, charges, this.now(), given);
    return merged.map((subscription) => ({ user: of.user, ...subscription }));
  }

  /** Of at most `limit` users, by name. */
  async page({ tenant, after, limit }: Parameters<SyncedRecords['users']>[0]): Promise<SubscriptionPage> {
    const users = await this.records.users({ tenant, after, limit: limit + 1 });
    const items: UserSubscription[] = [];
    for (const user of users.slice(0, limit)) items.push(...(await this.list({ tenant, user })));
    const next = users.length > limit ? users[limit - 1] : undefined;
    return { items, ...(next === undefined ? {} : { next }) };
  }
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

function sourceOf({ connector, extra }: SubscriptionRow): Source {
  const said = sources.find((source) => source === extra['source']);
  if (said !== undefined) return said;
  return connector.endsWith('.export') ? 'export' : connector.startsWith('bank.') ? 'bank' : 'api';
}

/** Connectors say it as a number or in words. */
const WORDS: Readonly<Record<string, number>> = { high: 0.95, medium: 0.75, low: 0.5 };
const UNSAID: Readonly<Record<Source, number>> = { api: 1, export: 0.9, bank: 0.7 };

function confidenceOf(said: unknown, source: Source): number {
  if (typeof said === 'number' && said >= 0 && said <= 1) return said;
  return WORDS[String(said)] ?? UNSAID[source];
}

/**
 * A bank's record, or a provider's that sells several, names the service that it is about: in one word of ours, while a provider's
 * own words for it are no name of a service.
 */
function serviceOf({ extra, provider }: SubscriptionRow | ChargeRow): string {
  const service = text(extra['service']) ?? '';
  return text(extra['provider']) ?? (/^[a-z0-9][a-z0-9_]*$/.test(service) ? service : provider);
}

function observation(row: SubscriptionRow): Observation {
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
    endedOn,
  };
}

function charge(row: ChargeRow): ToldCharge[] {
  const { connection, amountMinor, currency, statusRaw, accountRef } = row;
  const [occurredOn, periodStart] = [readableDay(row.occurredOn), readableDay(row.periodStart)];
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
      periodStart,
    },
  ];
}
