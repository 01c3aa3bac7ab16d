import { describe, expect, test } from '@jest/globals';
import type { TaskAccess } from '#lib/connectors';
import type { ConnectionAnswer } from '#lib/contracts/messages';
import { T0 } from '#lib/domain/testing';
import type { SyncTask, Timers } from '#lib/ports';
import { stillTime } from '#lib/ports/testing';
import { remoteAccess } from './remote-access.js';

const task = {
  tenant: 'default',
  schedule: 's1',
  run: 'r1',
  attempt: 1,
  fence: 1,
  connection: 'c',
} as SyncTask;
const view: ConnectionAnswer = {
  granted: true,
  connector: 'spotify.webapi',
  config: {},
  secrets: {},
  user: 'ann',
  version: 1,
};

/** Schedulers that are away for so many questions; the pauses between are over at once. */
function away(questions: number, error = (): Error => new Error('no responders')) {
  const pauses: number[] = [];
  let asked = 0;
  const answer = async <T>(given: T): Promise<T> => {
    asked += 1;
    if (asked <= questions) throw error();
    return given;
  };
  const timers: Timers = {
    ...stillTime(T0).timers,
    after: (delay, callback) => {
      pauses.push(delay);
      setImmediate(callback);
      return () => {};
    },
  };
  const desk = {
    connection: () => answer(view),
    token: () => answer({ granted: true, token: 'access' } as const),
  };
  return { access: remoteAccess('e1', desk, timers)(task), pauses, asked: () => asked };
}

const token = (access: TaskAccess, signal = new AbortController().signal): Promise<string> =>
  access.tokens.current(
    { tenant: 'default', connection: 'c' },
    () => Promise.reject(new Error('never refreshed here')),
    signal,
  );

describe('given schedulers that are away', () => {
  test('a token and a connection are asked for until there is one, with growing pauses', async () => {
    const one = away(5);
    expect(await token(one.access)).toBe('access');
    expect(one.pauses).toEqual([400, 800, 1_600, 2_000, 2_000]);
    const other = away(3);
    expect(await other.access.settings()).toMatchObject({ connector: 'spotify.webapi', user: 'ann' });
    expect(other.asked()).toBe(4);
  });

  test('for longer than two minutes, the attempt fails, and a later question is asked anew', async () => {
    const { access } = away(60);
    await expect(access.settings()).rejects.toThrow('no responders');
    expect(await access.settings()).toMatchObject({ user: 'ann' });
  });

  test('for longer than anybody waits for a token, it is not asked for again', async () => {
    const { access, asked } = away(2);
    await expect(token(access, AbortSignal.abort())).rejects.toThrow('no responders');
    expect(asked()).toBe(1);
  });

  test('what they do not understand is not asked again', async () => {
    const refusal = (): Error => Object.assign(new Error('what?'), { name: 'DeskRefusal' });
    const { access, asked } = away(1, refusal);
    await expect(access.settings()).rejects.toThrow('what?');
    expect(asked()).toBe(1);
  });
});

describe('given a scheduler that does not tell of a connection', () => {
  const refused = (answer: ConnectionAnswer) => {
    const desk = {
      connection: () => Promise.resolve(answer),
      token: () => Promise.reject(new Error('unasked')),
    };
    return remoteAccess('e1', desk, stillTime(T0).timers)(task);
  };

  test('whose credentials it cannot read now, the attempt waits as the scheduler says', async () => {
    const about = { class: 'DATA_NOT_READY', code: 'credentials_unreadable' } as const;
    const { settings } = refused({ granted: false, reason: 'sealed under another key', ...about });
    await expect(settings()).rejects.toMatchObject({ ...about, message: 'sealed under another key' });
  });

  test('and says no more, as one of an earlier release does, a setting is wrong', async () => {
    const { settings } = refused({ granted: false, reason: 'not yours' });
    await expect(settings()).rejects.toMatchObject({ class: 'CONFIG', code: 'connection_refused' });
  });
});
