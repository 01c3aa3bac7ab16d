import { z } from 'zod';
import { MAX_WEIGHT, type TenantLimits } from '#lib/domain/tenant';
import { whole } from './primitives.js';

/**
 * In place of those in force, all of them. `concurrency`: attempts that may run at once; left out or null, as many as the
 * service's own setting says. `weight`: starts in a row when it is the tenant's turn and others wait, too.
 */
export const tenantLimitsBody = z.strictObject({
  concurrency: whole(1, 1_000_000).nullish(),
  weight: whole(1, MAX_WEIGHT).default(1),
});

export const toTenantLimits = ({ concurrency, weight }: z.output<typeof tenantLimitsBody>): TenantLimits => ({
  ...(concurrency === undefined || concurrency === null ? {} : { concurrency }),
  weight,
});
