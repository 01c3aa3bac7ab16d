import { describe, expect, test } from '@jest/globals';
import { Admission, type NewRun } from '#lib/application/admission';
import { admitAll, limits, queued } from './testing/queued.js';

describe('tenants', () => {
  const ofTenant = (tenant: string, count: number): NewRun[] =>
    Array.from({ length: count }, () => queued({ tenant }));
  const tenantsOf = (runs: readonly { readonly tenant: string }[]): string =>
    runs.map(({ tenant }) => tenant).join('');

  test('given a limit for each, one that has all it may is passed over, and goes on when one of its own has ended', () => {
    const admission = new Admission({ ...limits, tenant: 2 });
    const runs = [...ofTenant('a', 4), ...ofTenant('b', 1)];
    for (const run of runs) admission.enqueue(run);
    expect(tenantsOf(admitAll(admission))).toBe('aba');
    expect(admission.stopped(0, 'a')).toEqual(new Map([['anything', 'tenant_concurrency']]));
    expect(admission.stopped(0, 'b')).toEqual(new Map());
    expect(admission.stopped(0)).toEqual(new Map());
    admission.settle(runs[4]!.run, 1);
    expect(admission.admit(0)).toBeUndefined();
    admission.settle(runs[0]!.run, 1);
    expect(tenantsOf(admitAll(admission))).toBe('a');
  });

  test('given limits of its own, those hold in place of what holds for each, over all providers', () => {
    const admission = new Admission({ ...limits, tenant: 5 });
    admission.tenants.set('a', { concurrency: 1, weight: 1 });
    for (const provider of ['anything', 'other']) admission.enqueue(queued({ tenant: 'a', provider }));
    expect(admitAll(admission)).toHaveLength(1);
    expect(admission.reserve(queued({ tenant: 'a', provider: 'third' }), 0)).toBe(false);
    expect(admission.reserve(queued({ tenant: 'b', provider: 'third' }), 0)).toBe(true);
    admission.tenants.set('a', { weight: 1 });
    expect(admitAll(admission)).toHaveLength(1);
  });

  test('given weights, those of more have more turns in a row, and nobody none', () => {
    const admission = new Admission(limits);
    admission.tenants.set('a', { weight: 3 });
    for (const run of [...ofTenant('a', 8), ...ofTenant('b', 3)]) admission.enqueue(run);
    expect(tenantsOf(admitAll(admission))).toBe('aaabaaabaab');
  });

  test('given one whose runs are over, nothing is kept of it unless limits were set', () => {
    const admission = new Admission(limits);
    const [mine, other] = [queued({ tenant: 'a' }), queued({ tenant: 'b' })];
    admission.tenants.set('a', { weight: 2 });
    for (const run of [mine, other]) admission.enqueue(run);
    admitAll(admission);
    const told = (): object =>
      [...admission.tenants.values()].map(({ tenant, busy, runs }) => [tenant, busy, runs]);
    expect(told()).toEqual([
      ['a', 1, 1],
      ['b', 1, 1],
    ]);
    for (const { run } of [mine, other]) admission.settle(run, 1);
    expect(told()).toEqual([['a', 0, 0]]);
  });
});
