import type { TableSpec } from '../store/table.js';

/**
 * How many active schedules of a tenant are due together at a provider. Not readonly: a counter, changed in place between
 * flushes. A pattern that nobody follows any more keeps its row.
 */
export type LoadRow = {
  provider: string;
  tenant: string;
  /** A `Pattern` of the domain, as JSON. */
  pattern: string;
  schedules: number;
};

export const loadTable: TableSpec<LoadRow> = {
  name: 'sync_load',
  columns: { provider: 'text', tenant: 'text', pattern: 'text', schedules: 'number' },
  key: ['provider', 'tenant', 'pattern'],
  fixed: [],
  indexes: [],
  capacity: 20_000,
  together: (one, other) => ({ ...one, schedules: one.schedules + other.schedules }),
};
