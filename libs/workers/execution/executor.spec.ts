import { afterEach, describe, expect, test } from '@jest/globals';
import { stillTime } from '#lib/ports/testing';
import type { CheckpointReport, ClaimRequest, Heartbeat, OutcomeReport } from '#lib/contracts/messages';
import { workItem as item } from '#lib/contracts/testing';
import { MINUTE } from '#lib/domain/kernel';
import { T0 } from '#lib/domain/testing';
import type { ExecutorDesk, WorkIntake } from '#lib/messaging/port';
import type { Environment, SyncContext, SyncOutcome, SyncTask } from '#lib/ports';
import { Executor } from './executor.js';
import { ResourceMonitor } from './resource-monitor.js';

type Consumer = Parameters<WorkIntake['consume']>[0];
type Asked = { readonly task: SyncTask; readonly context: SyncContext; end(outcome: SyncOutcome): void };

const done: SyncOutcome = { kind: 'succeeded', counts: { read: 1, written: 1, rejected: 0 } };
const HEARTBEAT = 1_234;
const LONGEST_PAUSE = 2_000;

/** Resolves to each thing in the order in which it happened, however early it is asked for. */
class Happened<T> {
  readonly all: T[] = [];
  readonly #waiting: ((one: T) => void)[] = [];
  #taken = 0;

  add(one: T): void {
    this.all.push(one);
    const next = this.#waiting.shift();
    if (next === undefined) return;
    this.#taken += 1;
    next(one);
  }

  get next(): Promise<T> {
    const one = this.all[this.#taken];
    if (one === undefined) return new Promise((resolve) => this.#waiting.push(resolve));
    this.#taken += 1;
    return Promise.resolve(one);
  }
}

/** One executor, and the test in the place of everything around it. The nth claim is granted with fence n. */
function house(answering: Promise<void> = Promise.resolve(), capacity = 10) {
  const tasks = new Happened<Asked>();
  const reports = new Happened<{
    readonly report: OutcomeReport;
    accept(): void;
    refuse(error: Error): void;
  }>();
  const claims: ClaimRequest[] = [];
  const engine = {
    sync: (task: SyncTask, context: SyncContext): Promise<SyncOutcome> =>
      new Promise((end) => tasks.add({ task, context, end })),
  };
  const desk = {
    async claim(request: ClaimRequest) {
      const fence = claims.push(request);
      await answering;
      const grant = { granted: true, fence, deadline: T0 + MINUTE, leaseMs: MINUTE } as const;
      return { ...grant, operation: 'full_sync', nominal: T0 } as const;
    },
    checkpoint: (report: CheckpointReport) => {
      checkpoints.push(report);
      return checkpoints.length < 3
        ? Promise.reject(new Error('no responders'))
        : Promise.resolve({ accepted: true });
    },
    report: (report: OutcomeReport) =>
      new Promise((resolve, refuse) =>
        reports.add({ report, accept: () => resolve({ accepted: true }), refuse }),
      ),
    heartbeat: (sent: Heartbeat) => {
      beats.push(sent);
      return Promise.resolve({ lost: [], cancel: [] });
    },
  } as unknown as ExecutorDesk;
  let consumer!: Consumer;
  const intake: WorkIntake = { desk, consume: (options) => ((consumer = options), () => {}) };
  const still = stillTime(T0);
  const beats: Heartbeat[] = [];
  let beat = (): void => {};
  const checkpoints: CheckpointReport[] = [];
  // Deadlines never come, heartbeats when the test says so, and pauses between tries are over at once.
  const after: Environment['timers']['after'] = (delay, callback) => {
    if (delay === HEARTBEAT) beat = callback;
    else if (delay <= LONGEST_PAUSE) setImmediate(callback);
    return () => {};
  };
  const environment: Environment = { ...still, timers: { ...still.timers, after } };
  const monitor = new ResourceMonitor(environment.clock, { loopDelayMs: 1_000, rssBytes: 1e12 });
  const options = { id: 'x1', intake, engine, environment, monitor, capacity, heartbeatMs: HEARTBEAT };
  const executor = new Executor({ ...options, onError: () => {} });
  executor.start();
  monitors.push(monitor);
  return { consumer, executor, tasks, reports, claims, checkpoints, beats, beat: () => beat() };
}

const monitors: ResourceMonitor[] = [];
afterEach(() => {
  for (const monitor of monitors.splice(0)) monitor.stop();
});

test('given an attempt was lost, the engine is told to stop and nothing is reported', async () => {
  const { consumer, tasks, reports } = house();
  const handled = consumer.handle(item(1));
  const { task, context, end } = await tasks.next;
  consumer.lost('run-1', task.fence);
  expect(context.signal.aborted).toBe(true);
  end({ kind: 'cancelled' });
  await handled;
  expect(reports.all).toEqual([]);
});

test('given a scheduler that does not answer a checkpoint, it is asked again until it does', async () => {
  const { consumer, tasks, reports, checkpoints } = house();
  const handled = consumer.handle(item(1));
  const { context, end } = await tasks.next;
  await context.checkpoint({ page: 2 }, { read: 1, written: 1, rejected: 0 });
  expect(checkpoints.map(({ state }) => state)).toEqual([{ page: 2 }, { page: 2 }, { page: 2 }]);
  end(done);
  (await reports.next).accept();
  await handled;
});

test('given word of an earlier attempt that was lost comes late, the one that runs goes on and is reported', async () => {
  const { consumer, tasks, reports } = house();
  const handled = consumer.handle(item(2));
  const { task, context, end } = await tasks.next;
  consumer.lost('run-1', task.fence - 1);
  expect(context.signal.aborted).toBe(false);
  end(done);
  const { report, accept } = await reports.next;
  expect(report.outcome.kind).toBe('succeeded');
  accept();
  await handled;
});

test('given the report of an attempt has no answer yet, the next attempt of its run waits for that and then begins', async () => {
  const { consumer, tasks, reports, claims } = house();
  const first = consumer.handle(item(1));
  (await tasks.next).end({ kind: 'snoozed', class: 'DATA_NOT_READY', delayMs: 1, message: 'not yet' });
  const { accept } = await reports.next;
  const second = consumer.handle(item(2));
  const again = consumer.handle(item(1));
  await again;
  expect(claims).toHaveLength(1);
  accept();
  await first;
  const { task, end } = await tasks.next;
  expect(task.attempt).toBe(2);
  end(done);
  (await reports.next).accept();
  await second;
});

test('given a run that was cancelled, and whose report nobody takes, an executor that is asked to leave does so', async () => {
  const { consumer, executor, tasks, reports } = house();
  const handled = consumer.handle(item(1)).catch((error: unknown) => (error as Error).message);
  const { end } = await tasks.next;
  consumer.cancel('run-1');
  end({ kind: 'cancelled' });
  const left = executor.stop(1);
  for (;;) {
    const asked = await Promise.race([reports.next, left]);
    if (asked === undefined) break;
    asked.refuse(new Error('no responders'));
  }
  expect(await handled).toBe('no responders');
  expect(reports.all.length).toBeLessThan(10);
});

test('given a run that was cancelled, and whose engine ignores that, an executor that is asked to leave waits no longer for it', async () => {
  const { consumer, executor, tasks, reports } = house();
  const handled = consumer.handle(item(1));
  await tasks.next;
  consumer.cancel('run-1');
  const left = executor.stop(1);
  const { report, accept } = await reports.next;
  expect(report.outcome.kind).toBe('cancelled');
  accept();
  await handled;
  await left;
});

test('given a claim that has no answer yet, heartbeats say that it is asked for, and with the answer that it is held', async () => {
  const answer = Promise.withResolvers<void>();
  const { consumer, tasks, reports, claims, beats, beat } = house(answer.promise);
  const handled = consumer.handle(item(1));
  await new Promise((resolve) => setImmediate(resolve));
  beat();
  answer.resolve();
  const { end } = await tasks.next;
  beat();
  expect(beats).toMatchObject([
    { running: [], asking: [] },
    { running: [], claim: claims[0]!.claim, asking: [{ run: 'run-1', attempt: 1 }] },
    { running: [{ run: 'run-1', attempt: 1, fence: 1 }], asking: [] },
  ]);
  end(done);
  (await reports.next).accept();
  await handled;
});

describe('work that is given with its grant', () => {
  const granted = (fence: number) => ({
    granted: true as const,
    fence,
    deadline: T0 + MINUTE,
    leaseMs: MINUTE,
    operation: 'full_sync' as const,
    nominal: T0,
  });

  test('given an item with its grant, it begins without a claim; given once more, or after its end, it does not begin again', async () => {
    const { consumer, tasks, reports, claims } = house();
    const first = consumer.handle(item(1), granted(7));
    await consumer.handle(item(1), granted(7));
    const { task, end } = await tasks.next;
    expect(task.fence).toBe(7);
    end(done);
    (await reports.next).accept();
    await first;
    await consumer.handle(item(1), granted(7));
    expect([tasks.all.length, claims.length]).toEqual([1, 0]);
  });

  test('given more than there is room for, the rest is held and waits its turn', async () => {
    const { consumer, tasks, reports, beats, beat } = house(undefined, 1);
    const handled = [1, 2].map((n) => consumer.handle({ ...item(1), run: `run-${n}` }, granted(n)));
    const { task, end } = await tasks.next;
    beat();
    expect(beats.at(-1)?.running).toMatchObject([{ run: 'run-1' }, { run: 'run-2' }]);
    expect([task.run, tasks.all.length]).toEqual(['run-1', 1]);
    end(done);
    (await reports.next).accept();
    const next = await tasks.next;
    expect(next.task.run).toBe('run-2');
    next.end(done);
    (await reports.next).accept();
    await Promise.all(handled);
  });

  test('given the executor leaves, it says that it has no room, and gives back with a word what comes all the same', async () => {
    const { consumer, executor, tasks, reports, beats } = house();
    const running = consumer.handle(item(1), granted(1));
    const { end } = await tasks.next;
    const stopped = executor.stop(MINUTE);
    expect(beats.at(-1)?.resources.capacity).toBe(0);
    const late = consumer.handle({ ...item(1), run: 'late' }, granted(2));
    const { report, accept } = await reports.next;
    expect(report).toMatchObject({ run: 'late', fence: 2, outcome: { error: { code: 'executor_stopped' } } });
    accept();
    await late;
    end(done);
    (await reports.next).accept();
    await Promise.all([running, stopped]);
    expect(tasks.all).toHaveLength(1);
  });
});
