import type { Instant } from '#lib/domain/kernel';
import type { ProviderLimits, ProviderPauseCause } from '#lib/domain/provider';
import type { TableSpec } from '../store/table.js';

/** What was set or happened at a provider. One for all tenants, as its stream is; `tenant` is that of its last event. */
export type ProviderRow = {
  readonly id: string;
  readonly tenant: string;
  /** Null: the defaults of the catalogue. */
  readonly limits: ProviderLimits | null;
  readonly pauseCause: ProviderPauseCause | null;
  readonly pauseNote: string | null;
  readonly pausedAt: Instant | null;
  readonly pausedUntil: Instant | null;
  /** Open and past `circuitUntil`: half open, one probe may run. */
  readonly circuit: 'closed' | 'open';
  readonly circuitUntil: Instant | null;
  /** Times it opened since it was last closed. */
  readonly circuitOpened: number;
  readonly circuitFailures: number;
  readonly circuitMessage: string | null;
  readonly updatedAt: Instant;
};

export const providerTable: TableSpec<ProviderRow> = {
  name: 'providers',
  columns: {
    id: 'text',
    tenant: 'text',
    limits: 'json',
    pauseCause: 'text',
    pauseNote: 'text',
    pausedAt: 'number',
    pausedUntil: 'number',
    circuit: 'text',
    circuitUntil: 'number',
    circuitOpened: 'number',
    circuitFailures: 'number',
    circuitMessage: 'text',
    updatedAt: 'number',
  },
  key: ['id'],
  fixed: [],
  indexes: [],
  capacity: 1_000,
};
