import type { Instant } from '#lib/domain/kernel';
import type { Circuit, ProviderLimits, ProviderState } from '#lib/domain/provider';
import { codecOf } from '../store/codec.js';
import { selectList } from '../store/table.js';
import { providerTable, type ProviderRow } from './table.js';
import type { Source } from '../store/reading.js';

/** A provider's state as its aggregate has it: what dispatch starts from. Providers are the same for all tenants. */
export type ProviderView = {
  readonly provider: string;
  /** Absent: the defaults of the catalogue. */
  readonly limits?: ProviderLimits;
  readonly pause?: NonNullable<ProviderState['pause']>;
  readonly circuit: Circuit;
  readonly updatedAt: Instant;
};

function pauseOf(row: ProviderRow): Pick<ProviderView, 'pause'> {
  const { pauseCause: cause, pausedAt: at, pausedUntil: until, pauseNote: note } = row;
  if (cause === null || at === null) return {};
  return { pause: { cause, at, ...(until === null ? {} : { until }), ...(note === null ? {} : { note }) } };
}

function circuitOf(row: ProviderRow): Circuit {
  const {
    circuit,
    circuitUntil: until,
    circuitOpened: opened,
    circuitFailures: failures,
    circuitMessage: message,
  } = row;
  return circuit === 'open' && until !== null
    ? { status: 'open', until, opened, failures, message: message ?? '' }
    : { status: 'closed' };
}

const view = (row: ProviderRow): ProviderView => ({
  provider: row.id,
  ...(row.limits === null ? {} : { limits: row.limits }),
  ...pauseOf(row),
  circuit: circuitOf(row),
  updatedAt: row.updatedAt,
});

const select = `SELECT ${selectList(providerTable)} FROM providers`;

export function providerQueries(db: Source) {
  const codec = codecOf(providerTable);
  return {
    /** Those of which anything was ever set or happened, by id. */
    providers(): readonly ProviderView[] {
      return db
        .prepare(`${select} ORDER BY id`)
        .all()
        .map((record) => view(codec.decode(record)));
    },
    provider(id: string): ProviderView | undefined {
      const found = db.prepare(`${select} WHERE id = ?`).get(id);
      return found === undefined ? undefined : view(codec.decode(found));
    },
  };
}
