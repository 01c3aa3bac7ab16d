import { expect, test } from '@jest/globals';
import {
  Actors,
  connectionAggregate,
  scheduleAggregate,
  type CommandContext,
  type Unstamped,
} from '#lib/application/actors';
import { connectionStream, scheduleStream } from '#lib/contracts/streams';
import type { ScheduleCommand } from '#lib/domain/schedule';
import { definition, T0 } from '#lib/domain/testing';
import { MemoryEventStore } from '#lib/event-store/memory';
import { stillTime } from '#lib/ports/testing';
import { whyNotResumed } from './index.js';

const context: CommandContext = { tenant: 'default', actor: 'test', correlation: 'c-1' };
const keyed = { ...context, idempotency: { key: 'k1', fingerprint: 'f1' } };

/** A schedule that is paused, and its connection. */
async function paused() {
  const actors = new Actors({
    store: new MemoryEventStore(),
    environment: stillTime(T0),
    capacity: 10,
    snapshotEvery: 100,
  });
  const onSchedule = (command: Unstamped<ScheduleCommand>, as: CommandContext = context) =>
    actors.execute(scheduleAggregate, scheduleStream('s1'), command, as);
  const suspend = () =>
    actors.execute(
      connectionAggregate,
      connectionStream('default', 'connection-1'),
      { type: 'SuspendConnection', cause: 'auth_revoked', message: 'consent was taken back' },
      context,
    );
  await onSchedule({ type: 'CreateSchedule', id: 's1', definition: definition() });
  const pause = () => onSchedule({ type: 'PauseSchedule', cause: 'request' });
  const resume = () => onSchedule({ type: 'ResumeSchedule' }, keyed);
  await pause();
  return { actors, suspend, pause, resume };
}

test('given a paused schedule whose connection is suspended, it says so, and what to do first', async () => {
  const { actors, suspend } = await paused();
  expect(await whyNotResumed(actors, 's1', context)).toBeUndefined();
  await suspend();
  expect(await whyNotResumed(actors, 's1', context)).toEqual({
    reason: 'connection_suspended',
    message: 'connection connection-1 is suspended (auth_revoked): consent was taken back; restore it first',
    field: 'connection',
  });
});

test('given one of another tenant, or none, nothing is told of it: the command is refused as for any stranger', async () => {
  const { actors, suspend } = await paused();
  await suspend();
  expect(await whyNotResumed(actors, 's1', { ...context, tenant: 'other' })).toBeUndefined();
  expect(await whyNotResumed(actors, 'none', context)).toBeUndefined();
});

test('given a request that was granted under its key before the suspension, it is not refused afterwards', async () => {
  const { actors, suspend, pause, resume } = await paused();
  await resume();
  await pause();
  await suspend();
  expect(await whyNotResumed(actors, 's1', keyed)).toBeUndefined();
  expect(await whyNotResumed(actors, 's1', context)).toMatchObject({ reason: 'connection_suspended' });
});
