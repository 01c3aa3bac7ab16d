import { beforeEach, describe, expect, test } from '@jest/globals';
import { scheduleAggregate } from '#lib/application/actors';
import { LeaseWatchSaga } from '#lib/application/sagas';
import { decodeEvent, type StoredEvent } from '#lib/contracts/events';
import type { AttemptRef, ClaimRequest, OutcomeReport, WorkItem } from '#lib/contracts/messages';
import { scheduleStream } from '#lib/contracts/streams';
import { idleHeartbeat } from '#lib/contracts/testing';
import { definition, T0 } from '#lib/domain/testing';
import type { Granted, WorkDistribution } from '#lib/messaging/port';
import type { CredentialOwner, Leases } from '#lib/ports';
import { until } from '#lib/ports/testing';
import { SchedulerDesk } from './executor-desk.js';
import { house as scheduler } from './testing/house.js';

/** What an executor asks, and what it is answered. */

const run = 's1.m.r-s1';
const counts = { read: 1, written: 1, rejected: 0 };
const done = (state?: object): OutcomeReport['outcome'] => ({
  kind: 'succeeded',
  counts,
  ...(state && { state }),
});

async function house() {
  const { actors, admission, work, environment, store, create, trigger, command } = scheduler();
  const dispatch = { epoch: 5 };
  const leases: Leases = { holds: () => true, epoch: () => dispatch.epoch, onChange: () => () => {} };
  const watched = { actors, environment, leases, leaseMs: 30_000, onError: () => {} };
  const leaseWatch = new LeaseWatchSaga(watched);
  const refused: string[] = [];
  const beats: string[] = [];
  const given: { to: string; item: WorkItem; granted: Granted }[] = [];
  const desk = new SchedulerDesk({
    actors,
    admission,
    leaseWatch,
    leases,
    environment,
    leaseMs: 30_000,
    work: {
      ...work,
      give: ({ executor, claim }: { executor: string; claim: string }, item: WorkItem, granted: Granted) =>
        void given.push({ to: `${executor} ${claim}`, item, granted }),
    } as unknown as WorkDistribution,
    credentials: {
      view: async ({ connection }: CredentialOwner) =>
        connection === 's1'
          ? { granted: true, connector: 'c', user: 's1', config: {}, secrets: {}, version: 1 }
          : undefined,
      token: async (_: CredentialOwner, old) => ({ granted: true, token: `not ${old}`, expiresAt: T0 }),
    },
    onHeartbeat: ({ executor }) => void beats.push(executor),
    onRefused: (reason) => void refused.push(reason),
  });
  await create('s1');
  await trigger('s1');
  /** What the log has, to those who follow it. */
  const follow = async (): Promise<void> => {
    for (const event of await store.readStream(scheduleStream('s1')))
      leaseWatch.handle(decodeEvent(event) as StoredEvent);
  };
  return { actors, admission, desk, dispatch, refused, beats, given, follow, command, store };
}

let its: Awaited<ReturnType<typeof house>>;
beforeEach(async () => {
  its = await house();
});
const asked = (more: Partial<ClaimRequest> = {}): ClaimRequest => ({
  tenant: 'default',
  schedule: 's1',
  run,
  attempt: 1,
  executor: 'x1',
  claim: 'c1',
  epoch: 5,
  ...more,
});
const held = (more: Partial<AttemptRef & { executor: string }> = {}) => ({
  tenant: 'default',
  schedule: 's1',
  run,
  attempt: 1,
  fence: 1,
  executor: 'x1',
  ...more,
});
const ofConnection = (more: object = {}) => ({ ...held(), connection: 's1', ...more });

describe('whoever claims an attempt', () => {
  test('is granted it once; another is told why not, and the same one asking again is answered alike', async () => {
    const granted = await its.desk.claim(asked());
    expect(granted).toMatchObject({
      granted: true,
      fence: 1,
      leaseMs: 30_000,
      operation: 'incremental_sync',
    });
    expect(granted).not.toHaveProperty('state');
    expect(await its.desk.claim(asked())).toEqual(granted);
    const no = { granted: false, reason: 'run_not_open' };
    expect(await its.desk.claim(asked({ executor: 'x2', claim: 'c2' }))).toEqual(no);
    expect(await its.desk.claim(asked({ run: 'nobodys' }))).toEqual(no);
    expect(await its.desk.claim(asked({ tenant: 'other' }))).toMatchObject({ granted: false });
  });

  test('under an offer of a node that dispatches no more, is refused, unless it was granted before that', async () => {
    const stale = { granted: false, reason: 'stale_offer' };
    expect(await its.desk.claim(asked({ epoch: 4 }))).toEqual(stale);
    await its.desk.claim(asked());
    its.dispatch.epoch = 6;
    expect(await its.desk.claim(asked())).toMatchObject({ granted: true, fence: 1 });
    expect(await its.desk.claim(asked({ claim: 'c2' }))).toEqual(stale);
    expect(await its.desk.claim(asked({ attempt: 2 }))).toEqual(stale);
  });

  test('goes on from what the schedule has synced, unless all of it is to be synced anew', async () => {
    await its.desk.claim(asked());
    await its.desk.report({ ...held(), outcome: done({ page: 9 }) });
    const next = async (request: string, operation?: 'full_sync') => {
      const trigger = { type: 'TriggerRun', request, operation } as const;
      await its.actors.execute(scheduleAggregate, scheduleStream('s1'), trigger, {
        tenant: 'default',
        actor: 'test',
        correlation: 'c',
      });
      return its.desk.claim(asked({ run: `s1.m.${request}`, claim: request }));
    };
    expect(await next('r2')).toMatchObject({ granted: true, state: { page: 9 } });
    await its.desk.report({ ...held({ run: 's1.m.r2', fence: 2 }), outcome: done() });
    expect(await next('r3', 'full_sync')).not.toHaveProperty('state');
    const checkpoint = { ...held({ run: 's1.m.r3', fence: 3 }), state: { page: 2 }, counts };
    expect(await its.desk.checkpoint(checkpoint)).toEqual({ accepted: true });
    // What this very run has come to is its own.
    expect(await its.desk.claim(asked({ run: 's1.m.r3', claim: 'r3' }))).toMatchObject({
      state: { page: 2 },
    });
  });
});

describe('whoever reports', () => {
  test('is believed under the fence that it was given itself; what is refused is counted', async () => {
    await its.desk.claim(asked());
    const late = { accepted: false, reason: 'late_result' };
    expect(await its.desk.report({ ...held({ fence: 2 }), outcome: done() })).toEqual(late);
    expect(await its.desk.report({ ...held({ executor: 'x2' }), outcome: done() })).toEqual(late);
    expect(await its.desk.checkpoint({ ...held({ fence: 2 }), state: {}, counts })).toEqual(late);
    expect(its.refused).toEqual(['late_result', 'late_result', 'late_result']);
    expect(await its.desk.report({ ...held(), outcome: done() })).toEqual({ accepted: true });
    const events = await its.store.readStream(scheduleStream('s1'));
    expect(events.at(-1)).toMatchObject({ type: 'RunSucceeded', metadata: { actor: 'executor:x1' } });
  });
});

describe('whoever asks about a connection', () => {
  test.each<[string, object]>([
    ['without an attempt', { run: 'nobodys' }],
    ['under another fence', { fence: 2 }],
    ['in another’s name', { executor: 'x2' }],
    ['that its schedule does not use', { connection: 's2' }],
    ['of another tenant', { tenant: 'other' }],
  ])('%s is told nothing', async (_, more) => {
    await its.desk.claim(asked());
    const message = 'this executor does not hold an attempt that uses the connection';
    expect(await its.desk.connection(ofConnection(more))).toEqual({ granted: false, reason: message });
    expect(await its.desk.token(ofConnection(more))).toEqual({ granted: false, class: 'CANCELLED', message });
  });

  test('while it holds an attempt of it is told, and not after', async () => {
    await its.desk.claim(asked());
    expect(await its.desk.connection(ofConnection())).toMatchObject({ granted: true, connector: 'c' });
    expect(await its.desk.token(ofConnection({ refused: 'old' }))).toMatchObject({ token: 'not old' });
    await its.desk.report({ ...held(), outcome: done() });
    expect(await its.desk.connection(ofConnection())).toMatchObject({ granted: false });
    expect(await its.desk.token(ofConnection())).toMatchObject({ granted: false });
  });

  test('that nobody has is told so', async () => {
    await its.command('s2', {
      type: 'CreateSchedule',
      id: 's2',
      definition: definition({ connection: 'c9' }),
    } as never);
    await its.command('s2', { type: 'TriggerRun', request: 'r' } as never);
    await its.desk.claim(asked({ schedule: 's2', run: 's2.m.r' }));
    const about = ofConnection({ schedule: 's2', run: 's2.m.r', connection: 'c9' });
    expect(await its.desk.connection(about)).toEqual({ granted: false, reason: 'there is no connection c9' });
  });
});

describe('a heartbeat', () => {
  const beat = (more: object = {}) =>
    its.desk.heartbeat({ ...idleHeartbeat('x1', { at: T0 }), claim: 'c1', ...more });

  test('that does not name for a second time what its process holds, has it given once more', async () => {
    const item = {
      ...asked(),
      stream: scheduleStream('s1'),
      user: 's1',
      connection: 's1',
      provider: 'spotify',
    };
    its.admission.enqueue({ ...item, priority: 'normal', queuedAt: T0 });
    await its.desk.claim(asked());
    await its.follow();
    for (const _ of [1, 2]) await beat();
    await until(() => its.given.length > 0);
    expect(its.given).toMatchObject([
      { to: 'x1 c1', item: { run, attempt: 1, epoch: 5 }, granted: { fence: 1 } },
    ]);
    expect(its.beats).toEqual(['x1', 'x1']);
  });

  test('that tells of overload halves what may run, and calm ones bring it back', async () => {
    const { capacity } = its.admission;
    const resources = idleHeartbeat('x1', { at: T0 }).resources;
    await beat({ resources: { ...resources, overloaded: true } });
    expect(its.admission.capacity).toBe(capacity / 2);
    for (let calm = 0; calm < 5; calm += 1) await beat();
    expect(its.admission.capacity).toBe(capacity);
  });
});
