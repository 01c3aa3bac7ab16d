import type { Projection, TenantFact } from '../runner/projection.js';

/** `tenants`: limits as last set. */
export const tenants: Projection<TenantFact> = {
  name: 'tenants',
  apply({ data, metadata }, id, rows) {
    rows.tenants.put(id, { id, limits: data.limits, updatedAt: metadata.at });
  },
};
