import { describe, expect, test } from '@jest/globals';
import { Admission, offered } from '#lib/application/admission';
import { HOUR, MINUTE, SECOND } from '#lib/domain/kernel';
import { admitAll, limits, queued } from './testing/queued.js';

describe('limits', () => {
  test('given a global limit of two, two of three start, and the third when one has ended', () => {
    const admission = new Admission({ ...limits, global: 2 });
    const runs = [queued(), queued(), queued()];
    for (const run of runs) admission.enqueue(run);
    expect(admitAll(admission).map((run) => run.run)).toEqual([runs[0]?.run, runs[1]?.run]);
    admission.settle(runs[0]!.run, 1);
    expect(admitAll(admission).map((run) => run.run)).toEqual([runs[2]?.run]);
  });

  test('given a provider of which nothing waits or runs, there is nothing to tell of it', () => {
    const admission = new Admission(limits);
    const told = (): readonly string[] => [...admission.lanes()].map(({ provider }) => provider).toSorted();
    const run = queued({ provider: 'one' });
    admission.enqueue(run);
    admission.lane('other').pause(undefined);
    expect(told()).toEqual(['one', 'other']);
    admitAll(admission);
    expect(told()).toEqual(['one', 'other']);
    admission.settle(run.run, 1);
    admission.lane('other').resume();
    expect(told()).toEqual([]);
  });

  test('given spotify, two run at once, one per user', () => {
    const admission = new Admission(limits);
    for (let index = 0; index < 3; index += 1)
      admission.enqueue(queued({ provider: 'spotify', user: 'ann' }));
    admission.enqueue(queued({ provider: 'spotify', user: 'bob' }));
    expect(admitAll(admission).map((run) => run.user)).toEqual(['ann', 'bob']);
  });

  test('given two runs of one connection, the second waits for the first', () => {
    const admission = new Admission(limits);
    const [first, second] = [queued({ user: 'u', connection: 'c' }), queued({ user: 'u', connection: 'c' })];
    admission.enqueue(first);
    admission.enqueue(second);
    expect(admitAll(admission)).toHaveLength(1);
    admission.settle(first.run, 1);
    expect(admitAll(admission).map((run) => run.run)).toEqual([second.run]);
  });

  test('given a rate budget, no window of its length ever holds more starts', () => {
    const admission = new Admission({ ...limits, global: 10_000 });
    admission.lane('anything').limits = {
      ...admission.lane('anything').limits,
      concurrency: 10_000,
      rate: { starts: 5, perMs: 10 * SECOND },
    };
    for (let index = 0; index < 40; index += 1) admission.enqueue(queued());
    const starts: number[] = [];
    for (let now = 0; now < 100 * SECOND; now += 700) starts.push(...admitAll(admission, now).map(() => now));
    for (const at of starts)
      expect(starts.filter((other) => other >= at && other < at + 10 * SECOND).length).toBeLessThanOrEqual(5);
    expect(starts.length).toBe(40);
  });

  describe('given a rate of two a minute', () => {
    const rate = { starts: 2, perMs: MINUTE };
    const limited = (recent: readonly number[] = []): Admission => {
      const admission = new Admission(limits, () => recent);
      const lane = admission.lane('anything');
      lane.limits = { ...lane.limits, rate };
      return admission;
    };

    test('starts before this process count', () => {
      const admission = limited([-50 * SECOND, -10 * SECOND]);
      for (let n = 0; n < 3; n += 1) admission.enqueue(queued());
      expect(admitAll(admission, 0)).toEqual([]);
      expect(admitAll(admission, 10 * SECOND)).toHaveLength(1);
      expect(admitAll(admission, 49 * SECOND)).toEqual([]);
      expect(admitAll(admission, 50 * SECOND)).toHaveLength(1);
    });

    test('starts before this process count, also where what is configured looks further back than the catalogue', () => {
      const starts = [-50 * SECOND, -40 * SECOND];
      const admission = new Admission(limits, (_, { perMs }) => starts.filter((at) => at >= -perMs));
      const lane = admission.lane('spotify');
      expect(lane.limits.rate?.perMs).toBeLessThan(40 * SECOND);
      lane.limits = { ...lane.limits, rate };
      admission.enqueue(queued({ provider: 'spotify' }));
      expect(admitAll(admission, 0)).toEqual([]);
      expect(admitAll(admission, 10 * SECOND)).toHaveLength(1);
    });

    test('starts by another node count', () => {
      const admission = limited();
      const [first, second, third] = [queued(), queued(), queued()];
      for (const run of [first, second, third]) admission.enqueue(run);
      admission.claimed(first.run, 5 * SECOND);
      admission.claimed(second.run, 6 * SECOND);
      expect(admitAll(admission, 64 * SECOND)).toEqual([]);
      expect(admitAll(admission, 65 * SECOND).map(({ run }) => run)).toEqual([third.run]);
    });

    test('starts of a clock that was set back cost one window, also when they are recalled', () => {
      const ahead = [20 * HOUR, 20 * HOUR + SECOND];
      for (const admission of [limited(ahead), limited()]) {
        for (let n = 0; n < 4; n += 1) admission.enqueue(queued());
        admitAll(admission, 20 * HOUR);
        expect(admitAll(admission, SECOND)).toEqual([]);
        expect(admitAll(admission, SECOND + MINUTE).length).toBeGreaterThan(0);
      }
    });

    test('starts under other limits count when these change', () => {
      const admission = limited();
      for (let n = 0; n < 4; n += 1) admission.enqueue(queued());
      expect(admitAll(admission, 0)).toHaveLength(2);
      const lane = admission.lane('anything');
      lane.limits = { ...lane.limits, rate: { starts: 3, perMs: MINUTE } };
      expect(admitAll(admission, SECOND)).toHaveLength(1);
      lane.limits = { ...lane.limits, rate: { starts: 1, perMs: MINUTE } };
      expect(admitAll(admission, MINUTE)).toEqual([]);
      expect(admitAll(admission, 61 * SECOND)).toHaveLength(1);
    });
  });

  test('given a cancelled waiting run, it is never offered', () => {
    const admission = new Admission(limits);
    const run = queued();
    admission.enqueue(run);
    admission.settle(run.run, 1);
    expect(admitAll(admission)).toEqual([]);
    expect(admission.busy).toBe(0);
  });
});

describe('order', () => {
  test('given priorities, the higher one goes first', () => {
    const admission = new Admission(limits);
    for (const priority of ['low', 'critical', 'normal', 'high'] as const)
      admission.enqueue(queued({ priority }));
    expect(admitAll(admission).map((run) => run.priority)).toEqual(['critical', 'high', 'normal', 'low']);
  });

  test('given a low one that waited, ageing lifts it past a fresh high one', () => {
    const admission = new Admission({ ...limits, global: 1 });
    const old = queued({ priority: 'low', queuedAt: 0 });
    admission.enqueue(old);
    for (let now = 0; now <= 3 * MINUTE; now += MINUTE) admission.age(now);
    admission.enqueue(queued({ priority: 'high', queuedAt: 3 * MINUTE }));
    expect(admission.admit(3 * MINUTE)?.run).toBe(old.run);
  });

  test('given two providers, they take turns', () => {
    const admission = new Admission({ ...limits, global: 4 });
    for (const provider of ['one', 'one', 'one', 'two', 'two', 'two'])
      admission.enqueue(queued({ provider }));
    expect(admitAll(admission).map(({ provider }) => provider)).toEqual(['one', 'two', 'one', 'two']);
  });

  test('given a low one, it is lifted once for each time of waiting, and no further than the highest', () => {
    const admission = new Admission(limits);
    const [low, high] = [queued({ priority: 'low' }), queued({ priority: 'high' })];
    for (const run of [low, high]) admission.enqueue(run);
    const bands = (now: number) => {
      admission.age(now);
      return [low, high].map(({ run }) => admission.find(run)?.band);
    };
    expect(bands(MINUTE - 1)).toEqual([0, 2]);
    expect(bands(MINUTE)).toEqual([1, 3]);
    expect(bands(2 * MINUTE)).toEqual([2, 3]);
    expect(bands(3 * MINUTE)).toEqual([3, 3]);
    expect(bands(99 * MINUTE)).toEqual([3, 3]);
    expect(admitAll(admission).map(({ run }) => run)).toEqual([high.run, low.run]);
  });

  test('given one tenant with a thousand and another with one, the one is among the first two', () => {
    const admission = new Admission(limits);
    for (let index = 0; index < 1_000; index += 1) admission.enqueue(queued({ tenant: 'big' }));
    admission.enqueue(queued({ tenant: 'small' }));
    expect(
      admitAll(admission)
        .slice(0, 2)
        .map((run) => run.tenant),
    ).toContain('small');
  });

  test('given users of one tenant, they take turns', () => {
    const admission = new Admission({ ...limits, connection: 10 });
    admission.lane('anything').limits = { ...admission.lane('anything').limits, userConcurrency: 10 };
    for (const user of ['ann', 'ann', 'ann', 'bob', 'cem']) admission.enqueue(queued({ user }));
    expect(admitAll(admission).map((run) => run.user)).toEqual(['ann', 'bob', 'cem', 'ann', 'ann']);
  });
});

describe('a provider in trouble', () => {
  test('given an open circuit, nothing starts until its time, then one probe', () => {
    const admission = new Admission(limits);
    const lane = admission.lane('anything');
    lane.circuit = { status: 'open', until: 10 * SECOND, opened: 1, failures: 10, message: 'down' };
    const [first] = [queued(), queued()].map((run) => (admission.enqueue(run), run));
    expect(admitAll(admission, 0)).toEqual([]);
    expect(admission.nextOpening(0)).toBe(10 * SECOND);
    expect(admitAll(admission, 10 * SECOND)).toHaveLength(1);
    admission.settle(first!.run, 1);
    lane.circuit = { status: 'closed' };
    expect(admitAll(admission, 10 * SECOND)).toHaveLength(1);
  });

  test('given a paused provider, others go on and the reason is told', () => {
    const admission = new Admission(limits);
    admission.lane('spotify').pause(undefined);
    admission.enqueue(queued({ provider: 'spotify' }));
    admission.enqueue(queued({ provider: 'netflix' }));
    expect(admitAll(admission).map((run) => run.provider)).toEqual(['netflix']);
    expect(admission.stopped(0).get('spotify')).toBe('provider_paused');
  });

  test('given overload, capacity halves and comes back bit by bit', () => {
    const admission = new Admission(limits);
    admission.adapt(true);
    expect(admission.capacity).toBe(50);
    for (let index = 0; index < 5; index += 1) admission.adapt(false);
    expect(admission.capacity).toBe(100);
  });
});

test('given offers that nobody takes, they are made each ten seconds for five minutes, then each minute', () => {
  const admission = new Admission(limits);
  admission.enqueue(queued());
  const [entry] = admitAll(admission);
  const at: number[] = [];
  for (let now = 7; now < 8 * MINUTE; now = entry!.offerAgainAt) {
    at.push(now - 7);
    offered(entry!, now);
  }
  expect(at.slice(0, 4)).toEqual([0, 10, 20, 30].map((seconds) => seconds * SECOND));
  expect(at.slice(-4)).toEqual([4 * MINUTE + 50 * SECOND, 5 * MINUTE, 6 * MINUTE, 7 * MINUTE]);
  expect(entry!.repeat).toBe(at.length);
});

describe('a run that is reserved for a decision', () => {
  test('given the decision was not stored, its slots are free and nothing of it is left', () => {
    const admission = new Admission(limits);
    const run = queued();
    expect(admission.reserve(run, 0)).toBe(true);
    admission.release(run.run, 1);
    expect([admission.busy, admission.find(run.run), admission.nobodyWaits]).toEqual([0, undefined, true]);
  });

  test('given another node stored the same decision meanwhile, it waits like any other', () => {
    const admission = new Admission(limits);
    const run = queued();
    admission.reserve(run, 0);
    admission.enqueue(run);
    admission.release(run.run, 1);
    expect(admission.busy).toBe(0);
    expect(admitAll(admission).map((entry) => entry.run)).toEqual([run.run]);
  });

  test('given somebody holds it by then, it stays with its slots', () => {
    const admission = new Admission(limits);
    const run = queued();
    admission.reserve(run, 0);
    admission.enqueue(run);
    admission.claimed(run.run);
    admission.release(run.run, 1);
    expect([admission.busy, admission.find(run.run)?.phase]).toEqual([1, 'running']);
  });
});
