import { describe, expect, test } from '@jest/globals';
import { scenario, T0 } from '#lib/domain/testing';
import { connection, type ConnectionCommand } from './index.js';

const given = scenario(connection);
const register = (more: object = {}): ConnectionCommand => ({
  type: 'RegisterConnection',
  now: T0,
  id: 'c1',
  user: 'ann',
  provider: 'spotify',
  ...more,
});
const claim = (more: object = {}): ConnectionCommand => ({
  type: 'ClaimConnection',
  now: T0 + 1,
  schedule: 's1',
  operation: 'full_sync',
  user: 'ann',
  provider: 'spotify',
  ...more,
});

describe('a connection that is registered', () => {
  const { past } = given.run(register());

  test.each([{ user: 'bob' }, { provider: 'netflix' }])(
    'given a schedule of somebody else (%j), it may not act on it, nor may it become theirs',
    (other) => {
      const on = given.given(...past);
      on.when(claim(other)).thenRejected('connection_mismatch');
      on.when(register(other)).thenRejected('connection_mismatch');
    },
  );

  test('given a schedule of its own user and provider, it is claimed', () => {
    given
      .given(...past)
      .when(claim())
      .thenTypes('ScheduleClaimed');
  });
});

describe('a connection that a schedule acts on', () => {
  const on = given.given(...given.run(claim()).past);
  const release = (schedule: string): ConnectionCommand => ({
    type: 'ReleaseClaim',
    now: T0 + 2,
    schedule,
    reason: 'schedule_ended',
  });

  test('given the same schedule asks again, it has it already', () => {
    on.when(claim()).thenNothing();
  });

  test('given another asks for the same, it is told who has it and since when', () => {
    on.when(claim({ schedule: 's2' })).thenRejected('duplicate_schedule');
    expect(on.when(claim({ schedule: 's2' })).decision).toMatchObject({
      rejection: { field: 'connection', details: { schedule: 's1', claimedAt: T0 + 1 } },
    });
  });

  test('given another asks for something else, both act on it, and each gives back its own', () => {
    const both = given.given(
      ...given.run(claim(), claim({ schedule: 's2', operation: 'incremental_sync' })).past,
    );
    const [released] = both.when(release('s2')).thenTypes('ClaimReleased');
    expect(released).toMatchObject({ data: { schedule: 's2', operation: 'incremental_sync' } });
  });

  test('given one that has no claim gives it back, nothing happens', () => {
    on.when(release('s2')).thenNothing();
  });
});

describe('a connection that is suspended', () => {
  const suspend = (message: string): ConnectionCommand => ({
    type: 'SuspendConnection',
    now: T0 + 4,
    cause: 'auth_revoked',
    message,
  });
  const on = given.given(...given.run(claim(), suspend('connect again')).past);

  test('given another reason comes, it stays suspended for the first', () => {
    on.when(suspend('again')).thenNothing();
  });

  test('given a schedule asks for it, that waits until it is restored; one that has it keeps it', () => {
    on.when(claim({ schedule: 's2', operation: 'incremental_sync' })).thenRejected('connection_suspended');
    on.when(claim()).thenNothing();
    const restored = given.run(claim(), suspend('no'), {
      type: 'RestoreConnection',
      now: T0 + 5,
      note: 'yes',
    });
    expect(restored.events.at(-1)).toEqual({ type: 'ConnectionRestored', data: { note: 'yes' } });
    const after = given.given(...restored.past);
    after.when(claim({ schedule: 's2', operation: 'incremental_sync' })).thenTypes('ScheduleClaimed');
    after.when({ type: 'RestoreConnection', now: T0 + 6 }).thenRejected('not_suspended');
  });
});

test('given the end of its consent is told of, it is told once for each end', () => {
  const ending = (endsAt: number): ConnectionCommand => ({ type: 'NoticeConsentEnding', now: T0, endsAt });
  const on = given.given(...given.run(register(), ending(T0 + 9)).past);
  on.when(ending(T0 + 9)).thenNothing();
  const [told] = on.when(ending(T0 + 10)).thenTypes('ConsentEnding');
  expect(told).toEqual({
    type: 'ConsentEnding',
    data: { endsAt: T0 + 10, user: 'ann', provider: 'spotify' },
  });
});

test('given nobody has registered it yet, whoever asks first claims it', () => {
  given
    .given()
    .when(claim({ user: 'bob' }))
    .thenTypes('ScheduleClaimed');
});

describe('a connection that is removed', () => {
  const remove = (records: 'keep' | 'forget' = 'keep'): ConnectionCommand => ({
    type: 'RemoveConnection',
    now: T0 + 5,
    records,
  });
  const release: ConnectionCommand = {
    type: 'ReleaseClaim',
    now: T0 + 3,
    schedule: 's1',
    reason: 'schedule_ended',
  };

  test('given a schedule that acts on it, it stays', () => {
    given
      .given(...given.run(register(), claim()).past)
      .when(remove())
      .thenRejected('connection_in_use');
  });

  test('given none, it is nobody’s, and may be anybody’s', () => {
    const suspend = { type: 'SuspendConnection', now: T0 + 4, cause: 'request', message: 'gone' } as const;
    const { past, state } = given.run(register(), claim(), release, suspend, remove());
    expect(state).toEqual({ status: 'active', claims: [], registrations: 1 });
    given
      .given(...past)
      .when(register({ user: 'bob' }))
      .thenTypes('ConnectionRegistered');
  });

  test('given it was removed, it is removed again only where records are to be forgotten', () => {
    const on = given.given(...given.run(register(), remove()).past);
    on.when(remove()).thenNothing();
    on.when(remove('forget')).thenTypes('ConnectionRemoved');
  });
});
