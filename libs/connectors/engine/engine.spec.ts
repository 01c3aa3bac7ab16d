import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { MemoryVault } from '#lib/credentials';
import { netflixExport } from '../netflix-export/index.js';
import {
  ConnectorError,
  defineConnector,
  type Connector,
  type ConnectorContext,
  type Message,
} from '../kit/index.js';
import { RecordingContext, Rig } from '../testing/index.js';

const owner = { tenant: 'default', connection: 'connection-1' };
const play = (key: string): Message => ({
  kind: 'record',
  record: { stream: 'usage', key, data: { item: key } },
});
const state = (at: number): Message => ({ kind: 'state', state: { v: 1, at } });

/** A connector that yields what it is told; a function is called in its turn, e.g. to throw. */
function scripted(script: (context: ConnectorContext) => Iterable<Message | (() => unknown)>): Connector {
  return defineConnector({
    manifest: { ...netflixExport.manifest, id: 'demo.script', provider: 'demo', config: z.unknown() },
    check: async () => ({ ok: true }),
    async *read(context) {
      for (const step of script(context)) {
        if (typeof step === 'function') await step();
        else yield step;
      }
    },
  });
}

function rigOf(
  script: (context: ConnectorContext) => Iterable<Message | (() => unknown)>,
  vault = new MemoryVault(),
): Rig {
  return new Rig({ connector: scripted(script), config: {}, vault });
}

const fail = (error: unknown) => (): never => {
  throw error;
};

describe('a read', () => {
  test('with 1,200 records and states: batches of 500, each state stored only after its records are', async () => {
    const many = Array.from({ length: 1_200 }, (_, at) => play(`k${at}`));
    const rig = rigOf(() => [...many, state(1), play('last'), state(2)]);
    const stored: number[] = [];
    const context = new RecordingContext(() => void stored.push(rig.sink.records.size));
    expect(await rig.run('full_sync', {}, context)).toEqual({
      kind: 'succeeded',
      counts: { read: 1_201, written: 1_201, rejected: 0 },
      state: { v: 1, at: 2 },
    });
    expect([rig.sink.batches, stored]).toEqual([
      [500, 500, 200, 1],
      [1_200, 1_201],
    ]);
  });

  test('that fails after a state: keeps the state and what was read after it', async () => {
    const rig = rigOf(() => [
      play('a'),
      state(1),
      play('b'),
      fail(new ConnectorError('TRANSIENT', 'gone', { retryAfterMs: 5, code: 'x' })),
    ]);
    expect(await rig.run()).toEqual({
      kind: 'failed',
      failure: { class: 'TRANSIENT', message: 'gone', retryAfterMs: 5, code: 'x' },
      counts: { read: 2, written: 2, rejected: 0 },
    });
    expect([rig.state, rig.sink.records.size]).toEqual([{ v: 1, at: 1 }, 2]);
  });

  test('whose sink refuses: INTERNAL, and no checkpoint', async () => {
    const rig = rigOf(() => [play('a'), state(1)]);
    rig.sink.fail = new Error('disk full at /var/lib/syncopate/records.db');
    const outcome = await rig.run();
    expect(outcome).toMatchObject({
      kind: 'failed',
      failure: { class: 'INTERNAL', message: 'the connector failed: Error: disk full at [path]' },
    });
    expect(rig.state).toBeUndefined();
  });

  test('that waits: snoozed, with what was read before', async () => {
    const rig = rigOf(() => [
      play('a'),
      { kind: 'wait', class: 'DATA_NOT_READY', delayMs: 7_000, message: 'soon' },
      play('never'),
    ]);
    expect(await rig.run()).toEqual({
      kind: 'snoozed',
      class: 'DATA_NOT_READY',
      delayMs: 7_000,
      message: 'soon',
      bucket: 'own',
    });
    expect([...rig.sink.records.keys()]).toEqual(['usage a']);
  });

  test('with rejected rows and progress: counted by reason and told', async () => {
    const rig = rigOf(() => [
      { kind: 'rejected', stream: 'usage', reason: 'x' },
      { kind: 'rejected', stream: 'usage', reason: 'x' },
      { kind: 'progress', done: 9, total: 10 },
      play('a'),
    ]);
    const context = new RecordingContext();
    expect(await rig.run('full_sync', {}, context)).toEqual({
      kind: 'succeeded',
      counts: {
        read: 3,
        written: 1,
        rejected: 2,
        rejections: [{ stream: 'usage', reason: 'x', times: 2 }],
      },
    });
    expect(context.ticks).toEqual([9]);
  });

  test('that says that a stream is complete: what it did not tell of is gone, in its place in the batch', async () => {
    const rig = rigOf(({ state: before, environment }) =>
      before === undefined
        ? [play('a'), play('b'), state(1)]
        : [play('b'), { kind: 'complete', stream: 'usage', since: environment.clock.now() }, state(2)],
    );
    await rig.run();
    rig.clock.move(1_000);
    expect(await rig.run()).toMatchObject({ counts: { read: 1, written: 1 } });
    expect([...rig.sink.records.keys()]).toEqual(['usage b']);
  });

  test('whose clock is set back amid it: what it told is not taken for gone', async () => {
    const rig: Rig = rigOf(() => {
      const since = rig.clock.instant;
      rig.clock.move(-2_000);
      return [play('a'), play('b'), { kind: 'complete', stream: 'usage', since }];
    });
    await rig.run();
    expect([...rig.sink.records.keys()]).toEqual(['usage a', 'usage b']);
  });

  test('with word of a stream that is not declared: INTERNAL, and nothing is withdrawn', async () => {
    const odd = rigOf(() => [{ kind: 'complete', stream: 'odd' as 'usage', since: 1 }]);
    expect(await odd.run()).toMatchObject({ kind: 'failed', failure: { code: 'bad_record' } });
  });

  test.each<[string, unknown, string]>([
    ['a field that is an object', { key: 'odd', data: { foo: { a: 1 } } }, 'a field foo that is a object'],
    ['a field that is no number', { key: 'odd', data: { amount: NaN } }, 'a field amount that is NaN'],
    ['no data', { key: 'odd' }, 'a record without data'],
    ['a key that is a number', { key: 7, data: {} }, 'a key that is a number, not a text'],
  ])('with a record with %s: that one is rejected and says why, the others are read', async (_, odd, why) => {
    const record = { stream: 'usage', ...(odd as object) };
    const rig = rigOf(() => [play('a'), { kind: 'record', record } as Message, play('b')]);
    expect(await rig.run()).toMatchObject({
      kind: 'succeeded',
      counts: { written: 2, rejected: 1, rejections: [{ reason: expect.stringContaining(why) as unknown }] },
    });
    expect([...rig.sink.records.keys()]).toEqual(['usage a', 'usage b']);
  });

  test.each<[string, unknown, string]>([
    ['of a kind that there is not', { kind: 'records', records: [] }, 'has the kind records'],
    ['that has no kind', {}, 'has the kind undefined'],
    ['without a state', { kind: 'state', cursor: 5 }, 'has one that is no object'],
    ['that is complete since never', { kind: 'complete', stream: 'usage' }, 'complete needs since'],
    [
      'that is complete within a number',
      { kind: 'complete', stream: 'usage', since: 1, within: 5 },
      'complete needs since',
    ],
    ['that waits for what is no wait', { kind: 'wait', class: 'TRANSIENT', delayMs: 1 }, 'class TRANSIENT'],
  ])('with a message %s: INTERNAL, and it says what there is', async (_, message, why) => {
    const outcome = await rigOf(() => [play('a'), message as Message]).run();
    expect(outcome).toMatchObject({
      kind: 'failed',
      failure: { class: 'INTERNAL', code: 'bad_message', message: expect.stringContaining(why) as unknown },
    });
  });

  test.each([
    ['an empty key', ''],
    ['a key that is too long', 'k'.repeat(10_000)],
  ])('with %s: the record is rejected, the others are read', async (_, key) => {
    const records = [key, 'good'].map((each) => ({ stream: 'usage', key: each, data: {} }));
    const rig = rigOf(() => records.map((record) => ({ kind: 'record', record }) as Message));
    expect(await rig.run()).toMatchObject({
      kind: 'succeeded',
      counts: { read: 2, written: 1, rejected: 1, rejections: [{ stream: 'usage', times: 1 }] },
    });
  });

  test('with a record of a stream that is not declared: INTERNAL', async () => {
    const record = { stream: 'nonsense', key: 'k', data: {} };
    const rig = rigOf(() => [{ kind: 'record', record } as Message]);
    expect(await rig.run()).toMatchObject({
      kind: 'failed',
      failure: { class: 'INTERNAL', code: 'bad_record' },
    });
  });
});

describe('an abort', () => {
  test('while a connector hangs and ignores its signal: cancelled all the same, nothing more written', async () => {
    const context = new RecordingContext();
    const rig = rigOf(() => [play('a'), () => context.abort.abort(), () => new Promise(() => undefined)]);
    expect(await rig.run('full_sync', {}, context)).toEqual({ kind: 'cancelled' });
    expect([rig.sink.records.size, context.checkpoints.length]).toEqual([0, 0]);
  });

  test('before a state is stored: no checkpoint under a lease that is lost', async () => {
    const context = new RecordingContext();
    const rig = rigOf(() => [() => context.abort.abort(), state(1)]);
    expect(await rig.run('full_sync', {}, context)).toEqual({ kind: 'cancelled' });
    expect(context.checkpoints).toEqual([]);
  });
});

describe('a cursor that is too old', () => {
  const tooOld = (): never => {
    throw new ConnectorError('CURSOR_INVALID', 'too old');
  };

  test('once: read in full within the same attempt, without the state', async () => {
    const seen: unknown[] = [];
    const rig = rigOf((context) => {
      seen.push([context.operation, context.state]);
      return context.state === undefined ? [play('a'), state(2)] : [tooOld];
    });
    rig.state = { v: 1, at: 1 };
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', state: { v: 1, at: 2 } });
    expect(seen).toEqual([
      ['incremental_sync', { v: 1, at: 1 }],
      ['full_sync', undefined],
    ]);
  });

  test('also in full, or without a state: CURSOR_INVALID', async () => {
    const rig = rigOf(() => [tooOld]);
    const expected = { kind: 'failed', failure: { class: 'CURSOR_INVALID' } };
    expect(await rig.run()).toMatchObject(expected);
    rig.state = { v: 1 };
    expect(await rig.run()).toMatchObject(expected);
  });
});

describe('a message', () => {
  test.each([
    ['a defect', new Error('boom canary-secret\nat /root/app/x.ts')],
    ['a connector', new ConnectorError('CONFIG', 'bad canary-secret')],
    ['something that is no error', 'canary-secret'],
  ])('of %s: holds no secret of the connection', async (_, error) => {
    const vault = new MemoryVault();
    await vault.write(owner, { api_key: 'canary-secret' }, 0);
    const outcome = await rigOf(() => [fail(error)], vault).run();
    expect(outcome).toMatchObject({ kind: 'failed' });
    expect(JSON.stringify(outcome)).not.toMatch(/canary|\/root/);
  });
});

describe('a task', () => {
  test.each([
    ['of an unknown connection', { connection: 'nowhere' }, 'unknown_connection'],
    ['of another provider', { provider: 'netflix' }, 'provider_mismatch'],
    ['of another user than the connection', { user: 'bob' }, 'user_mismatch'],
  ])('%s: CONFIG', async (_, task, code) => {
    expect(await rigOf(() => []).run('full_sync', task)).toMatchObject({
      kind: 'failed',
      failure: { class: 'CONFIG', code },
    });
  });
});
