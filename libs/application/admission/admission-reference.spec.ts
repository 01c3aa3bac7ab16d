import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Admission, type NewRun, type QueuedRun } from '#lib/application/admission';
import { HOUR } from '#lib/domain/kernel';
import { priorities } from '#lib/domain/schedule';

const limits = { global: 4, connection: 1, tenant: 3, ageingMs: HOUR };
const NOW = 0;

type Known = { readonly run: NewRun; phase: QueuedRun['phase'] };

/** The limits, written a second time and as plainly as possible: all is counted anew each time. */
class Reference {
  readonly known = new Map<string, Known>();
  readonly concurrency = new Map<string, number>();
  readonly tenants = new Map<string, number>();
  capacity = limits.global;

  enqueue(run: NewRun): void {
    if ((this.known.get(run.run)?.run.attempt ?? 0) < run.attempt)
      this.known.set(run.run, { run, phase: 'waiting' });
  }

  busy(among: (run: NewRun) => boolean = () => true): number {
    return [...this.known.values()].filter(({ run, phase }) => phase !== 'waiting' && among(run)).length;
  }

  hasRoom({ tenant, user, connection, provider }: NewRun): boolean {
    const own = (run: NewRun): boolean => run.tenant === tenant;
    const here = (run: NewRun): boolean => run.provider === provider;
    return (
      this.busy() < this.capacity &&
      this.busy(own) < (this.tenants.get(tenant) ?? limits.tenant) &&
      this.busy(here) < (this.concurrency.get(provider) ?? 3) &&
      this.busy((run) => own(run) && here(run) && run.user === user) < 2 &&
      this.busy((run) => own(run) && run.connection === connection) < limits.connection
    );
  }

  waiting(provider?: string): readonly NewRun[] {
    return [...this.known.values()]
      .filter(({ run, phase }) => phase === 'waiting' && (provider ?? run.provider) === run.provider)
      .map(({ run }) => run);
  }
}

const one = <const T>(...values: T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const runs = fc.record({
  run: fc.integer({ min: 1, max: 12 }).map((n) => `run-${n}`),
  attempt: fc.integer({ min: 1, max: 3 }),
  priority: one(...priorities),
});
/** What a run is of follows from its name: it never changes. */
const fresh = ({
  run,
  attempt,
  priority,
}: {
  run: string;
  attempt: number;
  priority: NewRun['priority'];
}): NewRun => {
  const n = Number(run.slice(4));
  return {
    run,
    attempt,
    priority: priorities[n % priorities.length] ?? priority,
    schedule: run,
    stream: `schedule-${run}`,
    tenant: n % 2 === 0 ? 'acme' : 'bolt',
    user: `user-${n % 4}`,
    connection: `connection-${n % 3}`,
    provider: n % 4 === 0 ? 'netflix' : 'anything',
    queuedAt: NOW,
  };
};
const kinds = [
  'enqueue',
  'admit',
  'claimed',
  'settle',
  'reserve',
  'release',
  'withdraw',
  'overload',
  'calm',
  'limit',
  'limitTenant',
] as const;
const ops = fc.array(
  fc.record({
    op: one(...kinds, 'enqueue', 'admit', 'settle'),
    of: runs,
    concurrency: fc.integer({ min: 1, max: 4 }),
  }),
  { maxLength: 60 },
);

const limitsOf = (concurrency: number) => ({
  concurrency,
  userConcurrency: 2,
  breaker: { failures: 9, openMs: 1, maxOpenMs: 1 },
});

type World = { readonly admission: Admission; readonly reference: Reference };
type Step = (world: World, run: NewRun, concurrency: number) => void;

const admit: Step = ({ admission, reference }) => {
  const possible = reference.waiting().filter((each) => reference.hasRoom(each));
  const best = Math.max(...possible.map(({ priority }) => priorities.indexOf(priority)));
  const admitted = admission.admit(NOW);
  if (admitted === undefined) return expect(possible).toEqual([]);
  const named = possible.map(({ run, attempt }) => `${run} ${attempt}`);
  expect(named).toContain(`${admitted.run} ${admitted.attempt}`);
  expect(priorities.indexOf(admitted.priority)).toBe(best);
  reference.known.set(admitted.run, { run: admitted, phase: 'offered' });
};

const settle: Step = ({ admission, reference }, { run, attempt }) => {
  const over = (reference.known.get(run)?.run.attempt ?? Infinity) <= attempt;
  expect(admission.settle(run, attempt)?.run).toBe(over ? run : undefined);
  if (over) reference.known.delete(run);
};

const reserve: Step = ({ admission, reference }, run) => {
  const nobodyElse = reference.waiting(run.provider).length === 0;
  const free = !reference.known.has(run.run) && nobodyElse && reference.hasRoom(run);
  expect(admission.reserve(run, NOW)).toBe(free);
  if (free) reference.known.set(run.run, { run, phase: 'offered' });
};

/** What was made here only is forgotten; where the log has it by now, it waits. */
const release: Step = ({ admission, reference }, { run, attempt }) => {
  const known = reference.known.get(run);
  if (known?.run.attempt !== attempt || known.phase !== 'offered') return;
  if (admission.find(run)?.known === true) known.phase = 'waiting';
  else reference.known.delete(run);
  admission.release(run, attempt);
};

const adapt =
  (overloaded: boolean): Step =>
  ({ admission, reference }) => {
    admission.adapt(overloaded);
    reference.capacity = admission.capacity;
  };

const steps: Readonly<Record<(typeof kinds)[number], Step>> = {
  enqueue({ admission, reference }, run) {
    admission.enqueue(run);
    reference.enqueue(run);
  },
  admit,
  claimed({ admission, reference }, { run }) {
    admission.claimed(run, NOW);
    const known = reference.known.get(run);
    if (known !== undefined) known.phase = 'running';
  },
  settle,
  reserve,
  release,
  withdraw({ admission, reference }) {
    admission.withdrawOffers();
    for (const each of reference.known.values()) if (each.phase === 'offered') each.phase = 'waiting';
  },
  overload: adapt(true),
  calm: adapt(false),
  limit({ admission, reference }, { provider }, concurrency) {
    admission.lane(provider).limits = limitsOf(concurrency);
    reference.concurrency.set(provider, concurrency);
  },
  limitTenant({ admission, reference }, { tenant }, concurrency) {
    admission.tenants.set(tenant, { concurrency, weight: 2 });
    reference.tenants.set(tenant, concurrency);
  },
};

// oxlint-disable-next-line house/pure -- how long to search is for whoever runs the test to say
const CASES = Number(process.env['ADMISSION_CASES'] ?? 3_000);

test('whatever happens to runs, what starts is within every limit, the most urgent that may, and nothing that may is left waiting', () => {
  fc.assert(
    fc.property(ops, (plan) => {
      const admission = new Admission(limits);
      const reference = new Reference();
      for (const provider of ['anything', 'netflix']) admission.lane(provider).limits = limitsOf(3);
      for (const next of plan) {
        steps[next.op]({ admission, reference }, fresh(next.of), next.concurrency);
        expect(admission.busy).toBe(reference.busy());
        expect(admission.nobodyWaits).toBe(reference.waiting().length === 0);
        for (const provider of ['anything', 'netflix'])
          expect(admission.lane(provider)).toMatchObject({
            running: reference.busy((run) => run.provider === provider),
            waiting: reference.waiting(provider).length,
          });
      }
    }),
    { numRuns: CASES },
  );
});
