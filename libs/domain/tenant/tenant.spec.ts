import { describe, test } from '@jest/globals';
import { scenario, T0 } from '#lib/domain/testing';
import { tenant, type TenantEvent, type TenantLimits } from './index.js';

const change = (limits: TenantLimits) =>
  ({ type: 'ChangeTenantLimits', now: T0, tenant: 'acme', limits }) as const;
const changed = (limits: TenantLimits): TenantEvent => ({
  type: 'TenantLimitsChanged',
  data: { tenant: 'acme', limits },
});
const { given } = scenario(tenant);

describe('limits of a tenant', () => {
  test('are in force from when they are set', () => {
    given()
      .when(change({ concurrency: 5, weight: 3 }))
      .then(changed({ concurrency: 5, weight: 3 }));
    given()
      .when(change({ weight: 2 }))
      .then(changed({ weight: 2 }));
  });

  test('that are those in force change nothing', () => {
    given()
      .when(change({ weight: 1 }))
      .thenNothing();
    const past = [T0, changed({ concurrency: 5, weight: 3 })] as const;
    given(past)
      .when(change({ concurrency: 5, weight: 3 }))
      .thenNothing();
    given(past)
      .when(change({ weight: 3 }))
      .then(changed({ weight: 3 }));
    given(past)
      .when(change({ concurrency: 5, weight: 1 }))
      .then(changed({ concurrency: 5, weight: 1 }));
  });
});
