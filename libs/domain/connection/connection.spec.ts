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
