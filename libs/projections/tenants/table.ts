import type { Instant } from '#lib/domain/kernel';
import type { TenantLimits } from '#lib/domain/tenant';
import type { TableSpec } from '../store/table.js';

/** What was set for a tenant. */
export type TenantRow = {
  readonly id: string;
  readonly limits: TenantLimits;
  readonly updatedAt: Instant;
};

export const tenantTable: TableSpec<TenantRow> = {
  name: 'tenants',
  columns: { id: 'text', limits: 'json', updatedAt: 'number' },
  key: ['id'],
  fixed: [],
  indexes: [],
  capacity: 1_000,
};
