import { beforeEach, describe, expect, test } from '@jest/globals';
import type { CheckpointReport, OutcomeReport, ReportAnswer } from '#lib/contracts/messages';
import { workItem } from '#lib/contracts/testing';
import { MINUTE, SECOND } from '#lib/domain/kernel';
import { T0 } from '#lib/domain/testing';
import type { ExecutorDesk, Granted } from '#lib/messaging/port';
import type { SyncContext, SyncOutcome } from '#lib/ports';
import { passing, until, VirtualTime } from '#lib/ports/testing';
import { Attempt } from './attempt.js';

/** One attempt: what becomes of it, and what is said of that. */

const granted: Granted = {
  granted: true,
  fence: 7,
  deadline: T0 + MINUTE,
  leaseMs: 30 * SECOND,
  operation: 'full_sync',
  nominal: T0,
};
const counts = { read: 1, written: 1, rejected: 0 };
const done: SyncOutcome = { kind: 'succeeded', counts };

function house({ claims = false } = {}) {
  const given = claims ? undefined : granted;
  const time = new VirtualTime(T0);
  const environment = passing(time);
  const reported: OutcomeReport['outcome'][] = [];
  const checkpoints: CheckpointReport[] = [];
  /** What the scheduler answers; an error: it does not. */
  const answers = {
    claim: { granted: false, reason: 'run_not_open' },
    report: { accepted: true } as ReportAnswer | Error,
  };
  const answered = async <T>(answer: T | Error): Promise<T> => {
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const desk = {
    claim: () => answered(answers.claim),
    checkpoint: (report: CheckpointReport) => (checkpoints.push(report), answered(answers.report)),
    report: ({ outcome }: OutcomeReport) => (reported.push(outcome), answered(answers.report)),
  } as unknown as ExecutorDesk;
  const asked: { context: SyncContext; end(outcome: SyncOutcome): void; fail(error: unknown): void }[] = [];
  const engine = {
    sync: (_: unknown, context: SyncContext): Promise<SyncOutcome> =>
      new Promise((end, fail) => asked.push({ context, end, fail })),
  };
  const attempt = new Attempt(workItem(), { executor: 'x1', claim: 'c1', environment, desk, engine, given });
  const over = attempt.run();
  return {
    time,
    attempt,
    over,
    reported,
    checkpoints,
    answers,
    asked,
    at: async () => {
      await until(() => asked.length > 0);
      return asked[0] as (typeof asked)[number];
    },
    /** Until it is over, whatever it waits for. */
    async pass(ms: number): Promise<void> {
      for (let left = ms; left > 0; left -= 100) {
        time.advance(100);
        await time.settle();
      }
    },
  };
}

let its: ReturnType<typeof house>;
beforeEach(() => {
  its = house();
});

test('given its claim is refused, nothing is done and nothing is said', async () => {
  its = house({ claims: true });
  expect(await its.over).toBe('refused');
  expect([its.asked, its.reported]).toEqual([[], []]);
});

test('given the engine says that it was interrupted, that is a failure like another: an attempt is used up', async () => {
  (await its.at()).end({ kind: 'failed', failure: { class: 'INTERRUPTED', message: 'not me' } } as never);
  expect(await its.over).toBe('reported');
  expect(its.reported).toMatchObject([{ kind: 'failed', error: { class: 'TRANSIENT', message: 'not me' } }]);
});

test('given the engine throws, that is told as what it is', async () => {
  (await its.at()).fail(Object.assign(new Error('gone'), { class: 'AUTH_REVOKED' }));
  await its.over;
  expect(its.reported).toMatchObject([{ kind: 'failed', error: { class: 'AUTH_REVOKED', message: 'gone' } }]);
});

describe('an engine that is told to stop', () => {
  const interrupted = { class: 'INTERRUPTED', code: 'executor_stopped' };
  const late = { class: 'TRANSIENT', code: 'deadline_passed' };
  const why: readonly [string, (attempt: Attempt) => void, object][] = [
    ['by its deadline', () => its.time.advance(MINUTE), { kind: 'failed', error: late }],
    ['by whoever cancels', (attempt) => attempt.cancel(), { kind: 'cancelled' }],
    ['by the end of this process', (attempt) => attempt.drain(), { kind: 'failed', error: interrupted }],
  ];

  test.each(why)('%s, and does, is told of as that', async (_, stop, told) => {
    const { context, end } = await its.at();
    expect(context.signal.aborted).toBe(false);
    stop(its.attempt);
    expect(context.signal.aborted).toBe(true);
    end({ kind: 'cancelled' });
    expect(await its.over).toBe('reported');
    expect(its.reported).toMatchObject([told]);
  });

  test.each(why)('%s, and succeeds all the same, has succeeded', async (_, stop) => {
    const { end } = await its.at();
    stop(its.attempt);
    end(done);
    await its.over;
    expect(its.reported).toMatchObject([{ kind: 'succeeded' }]);
  });

  test.each(why)(
    '%s, and is told again for another reason, is told of as the first',
    async (_, stop, told) => {
      const { end } = await its.at();
      stop(its.attempt);
      for (const [, again] of why) again(its.attempt);
      end({ kind: 'cancelled' });
      await its.over;
      expect(its.reported).toMatchObject([told]);
    },
  );

  test('and does not, is left behind after five seconds', async () => {
    await its.at();
    its.attempt.cancel();
    await its.pass(4_900);
    expect(its.reported).toEqual([]);
    await its.pass(100);
    expect(its.reported).toEqual([{ kind: 'cancelled' }]);
  });

  test('and does not, is left behind after half a second when this process ends', async () => {
    await its.at();
    its.attempt.drain();
    await its.pass(400);
    expect(its.reported).toEqual([]);
    await its.pass(100);
    expect(its.reported).toMatchObject([{ error: interrupted }]);
    expect(its.time.pending).toBe(0);
  });
});

describe('an attempt that is not its own any more', () => {
  test.each<[string, () => void]>([
    ['because its lease is lost', () => its.attempt.lose(7)],
    ['because this process stood still for longer than that', () => its.attempt.checkLease(30 * SECOND + 1)],
  ])('%s, stops, and nothing is said of it', async (_, lose) => {
    const { context, end } = await its.at();
    lose();
    expect(context.signal.aborted).toBe(true);
    end(done);
    expect(await its.over).toBe('refused');
    expect(its.reported).toEqual([]);
  });

  test('is that of its fence, and not of another', async () => {
    const { context, end } = await its.at();
    its.attempt.lose(6);
    its.attempt.checkLease(30 * SECOND);
    expect(context.signal.aborted).toBe(false);
    end(done);
    expect(await its.over).toBe('reported');
  });

  test('by what its checkpoint is answered, stops', async () => {
    const { context, end } = await its.at();
    its.answers.report = { accepted: false, reason: 'late_result' };
    await expect(context.checkpoint({ page: 1 }, counts)).rejects.toThrow('late_result');
    expect(context.signal.aborted).toBe(true);
    end(done);
    expect(await its.over).toBe('refused');
  });
});

describe('a scheduler that does not answer', () => {
  test('is told the outcome again until it does', async () => {
    its.answers.report = new Error('no responders');
    (await its.at()).end(done);
    await its.pass(20 * SECOND);
    expect(its.reported.length).toBeGreaterThan(5);
    its.answers.report = { accepted: true };
    await its.pass(5 * SECOND);
    expect(await its.over).toBe('reported');
    expect(new Set(its.reported.map((outcome) => outcome.kind))).toEqual(new Set(['succeeded']));
  });

  test('is told no more when the lease is lost meanwhile', async () => {
    its.answers.report = new Error('no responders');
    (await its.at()).end(done);
    await its.pass(SECOND);
    its.attempt.lose(7);
    const refused = expect(its.over).rejects.toThrow('no responders');
    await its.pass(5 * SECOND);
    await refused;
  });
});
