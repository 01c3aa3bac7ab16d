import type { Instant } from '#lib/domain/kernel';
import {
  mergeSubscriptions,
  sources,
  type Charge,
  type Observation,
  type Source,
  type Subscription,
} from '#lib/domain/subscription';
import type { ChargeRow, RecordFilter, SubscriptionRow, SyncedRecords } from '#lib/ports';

/** Most rows that one answer is made of. */
const ROWS = 5_000;

export type UserSubscription = Subscription & { readonly user: string };

/** What was synced, merged into one list of subscriptions for each user. */
export class SubscriptionView {
  constructor(
    private readonly records: Pick<SyncedRecords, 'subscriptions' | 'charges'>,
    private readonly now: () => Instant,
  ) {}

  async list(filter: Pick<RecordFilter, 'tenant' | 'user'>): Promise<readonly UserSubscription[]> {
    const rows = await this.records.subscriptions({ ...filter, limit: ROWS });
    const charges = await this.records.charges({ ...filter, limit: ROWS });
    const paid = Map.groupBy(charges, ({ user }) => user);
    return [...Map.groupBy(rows, ({ user }) => user)]
      .toSorted(([a], [b]) => a.localeCompare(b))
      .flatMap(([user, own]) =>
        mergeSubscriptions(own.map(observation), (paid.get(user) ?? []).flatMap(charge), this.now()).map(
          (subscription) => ({ user, ...subscription }),
        ),
      );
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

/** A bank's record, or a file of several services, names the service that it is about. */
const serviceOf = ({ extra, provider }: SubscriptionRow | ChargeRow): string =>
  text(extra['provider']) ?? provider;

function observation(row: SubscriptionRow): Observation {
  const source = sourceOf(row);
  const { connection, connector, key, firstSeen, lastSeen, asOf } = row;
  const { plan, status, priceMinor, currency, interval, renewsOn, autoRenew, startedOn, endedOn } = row;
  return {
    service: serviceOf(row),
    connection,
    connector,
    source,
    account: row.accountRef,
    merchant: text(row.extra['merchant']),
    key,
    confidence: confidenceOf(row.extra['confidence'], source),
    asOf,
    firstSeen,
    lastSeen,
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

function charge(row: ChargeRow): Charge[] {
  const { connection, occurredOn, amountMinor, currency, statusRaw } = row;
  if (occurredOn === null || amountMinor === null || statusRaw === 'removed') return [];
  return [{ service: serviceOf(row), connection, occurredOn, amountMinor, currency }];
}
