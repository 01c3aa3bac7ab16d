import { createWriteStream, utimesSync, writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { describe, expect, test } from '@jest/globals';
import {
  chat,
  chatgptFile,
  chatgptFiles,
  chatgptUser,
  chatgptZip,
  chatMessage,
  chats,
  chatsText,
  shardedFiles,
  shardedZip,
} from '../testing/chatgpt-files.js';
import { conversations, outcomeOf, told, uploaded } from '../testing/chatgpt-uploads.js';
import { MemorySink } from '#lib/sink';
import { createConnectorEngine } from '../engine/index.js';
import { RecordingContext, taskOf, zip } from '../testing/index.js';
import { failed, type More } from '../testing/uploads.js';
import { createChatgptExport } from './index.js';

describe('a later upload', () => {
  test('the same file: nothing is read; in full: everything again', async () => {
    const { rig } = uploaded(chatgptZip());
    await rig.run();
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 0 } });
    expect(await rig.run('full_sync')).toMatchObject({ kind: 'succeeded', counts: { read: 13 } });
  });

  test('with two conversations more: their days only, beside the plan', async () => {
    const { rig, file } = uploaded(chatgptZip());
    await rig.run();
    writeFileSync(file, chatgptZip({ chats: 14 }));
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 3 } });
    expect(rig.sink.of('usage')).toHaveLength(14);
  });

  test('with an old conversation taken up again: its days, counted over all conversations', async () => {
    const { rig, file } = uploaded(conversations([chat(0), chat(0, { seed: 2 }), chat(1)]));
    await rig.run();
    const longer = chat(0, { turns: 3 }, { update_time: Date.parse('2026-06-01') / 1000 });
    writeFileSync(file, conversations([longer, chat(0, { seed: 2 }), chat(1)]));
    expect(await rig.run()).toMatchObject({
      counts: { read: 1 },
      state: { cursor: Date.parse('2026-06-01') / 1000 },
    });
    expect(told(rig)[0]).toEqual(['2026-05-04', 'demo-large', 5, 5]);
  });

  test('that is older: changes no counts and does not turn the cursor back', async () => {
    const { rig, file } = uploaded(chatgptZip());
    await rig.run();
    const { cursor } = rig.state as { cursor: number };
    writeFileSync(file, chatgptZip({ chats: 3 }));
    expect(await rig.run()).toMatchObject({ counts: { read: 1 }, state: { cursor } });
    expect(rig.sink.of('usage')).toHaveLength(12);
  });

  test('that is older, read in full: what the newer one told stays, the plan as well', async () => {
    const newest = zip(chatgptFiles({ chats: 12 }, chatgptUser({ chatgpt_plus_user: false })));
    const { rig, file } = uploaded(newest);
    const sink = new MemorySink();
    const { connector, config, vault } = rig.options;
    const settings = { connector: connector.manifest.id, config };
    const engine = createConnectorEngine({ connectors: [connector], connectionConfig: async () => settings, vault, sink, environment: rig.clock.environment() }); // prettier-ignore
    const context = new RecordingContext();
    const stored = async (): Promise<unknown> => {
      rig.clock.move(1_000);
      const task = taskOf('full_sync', context.checkpoints.at(-1)?.state, { provider: 'chatgpt' });
      expect(await engine.sync(task, context)).toMatchObject({ kind: 'succeeded' });
      const [row] = await sink.subscriptions({ tenant: 'default' });
      return [row?.plan, row?.asOf, (await sink.usage({ tenant: 'default' })).map(({ key }) => key)];
    };
    const told = await stored();
    expect(told).toMatchObject(['free', '2026-05-15', { length: 12 }]);
    writeFileSync(file, zip(chatgptFiles({ chats: 6, turns: 1 })));
    expect(await stored()).toEqual(told);
    expect((await sink.usage({ tenant: 'default' })).map(({ amount }) => amount)).not.toContain(1);
    await engine.close();
  });

  test('in which a conversation went on with another model: its questions count for one of them', async () => {
    const began = Date.parse('2026-05-04T23:59:50Z') / 1000;
    const answer = (at: number, model_slug: string): object =>
      chatMessage('assistant', at, { metadata: { model_slug } });
    const upload = (updated: number, ...answers: readonly object[]): Buffer => {
      const messages = [chatMessage('user', began), ...answers];
      const mapping = Object.fromEntries(messages.map((message, n) => [n, { message }]));
      return conversations([chat(0, {}, { mapping, update_time: updated })]);
    };
    const first = answer(began + 20, 'small');
    const { rig, file } = uploaded(upload(began + 20, first));
    await rig.run();
    expect(told(rig)).toEqual([
      ['2026-05-04', 'small', 0, 1],
      ['2026-05-05', 'small', 1, 0],
    ]);
    rig.clock.move(1_000);
    const later = began + 8 * 86_400;
    writeFileSync(file, upload(later, first, answer(later, 'large'), answer(later, 'large')));
    await rig.run();
    expect(told(rig)).toEqual([
      ['2026-05-05', 'small', 1, 0],
      ['2026-05-04', 'large', 0, 1],
      ['2026-05-12', 'large', 2, 0],
    ]);
  });

  test('in which a conversation is gone: its counts are gone once all is read; a bare file takes nothing', async () => {
    const { rig, file } = uploaded(conversations(chats()));
    await rig.run();
    rig.clock.move(1_000);
    writeFileSync(file, JSON.stringify(chats().slice(6)));
    await rig.run('full_sync');
    expect(told(rig)).toHaveLength(12);
    rig.clock.move(1_000);
    writeFileSync(file, conversations(chats().slice(6)));
    expect(await rig.run('full_sync')).toMatchObject({ counts: { read: 6 } });
    expect(told(rig)).toHaveLength(6);
  });

  test('of which a conversation cannot be read: what was told of its day stays', async () => {
    const unreadable = chat(3, {}, { update_time: 'canary', create_time: null });
    for (const [operation, more] of [
      ['full_sync', []],
      [
        'incremental_sync',
        [chat(3, { seed: 2 }, { update_time: Date.parse('2026-06-01') / 1000, mapping: {} })],
      ],
    ] as const) {
      // prettier-ignore
      const { rig, file } = uploaded(conversations(chats()));
      await rig.run();
      rig.clock.move(1_000);
      writeFileSync(file, conversations([...chats().slice(0, 3), unreadable, ...chats().slice(4), ...more]));
      expect(await rig.run(operation)).toMatchObject({ kind: 'succeeded', counts: { rejected: 1 } });
      expect(told(rig)).toHaveLength(12);
    }
  });

  test('that is older, read by a schedule that knows no other, and by it again: what another told stays', async () => {
    const { rig, file } = uploaded(conversations(chats()));
    await rig.run();
    rig.state = undefined;
    writeFileSync(file, conversations(chats({ chats: 5 })));
    for (const operation of ['incremental_sync', 'full_sync', 'full_sync'] as const) {
      rig.clock.move(1_000);
      await rig.run(operation);
      expect(told(rig)).toHaveLength(12);
    }
    rig.clock.move(1_000);
    writeFileSync(file, conversations(chats({ chats: 13 }).slice(6)));
    await rig.run('full_sync');
    expect(told(rig)).toHaveLength(7);
  });

  test('with a state that an earlier parser left: all is told again, and an older upload is still known for one', async () => {
    const { rig, file } = uploaded(chatgptZip());
    await rig.run();
    rig.state = { ...rig.state, parser: 1, hash: 'sha256:0' };
    expect(await rig.run()).toMatchObject({ counts: { read: 13 } });
    rig.state = { ...rig.state, parser: 1 };
    writeFileSync(file, chatgptZip({ chats: 3 }));
    expect(await rig.run()).toMatchObject({ counts: { read: 1 } });
  });

  test('not there for long: asked for, once it was imported', async () => {
    const { rig, file } = uploaded(chatgptZip(), { config: { staleAfterDays: 30 } });
    const old = new Date('2026-09-01');
    utimesSync(file, old, old);
    expect(await rig.run()).toMatchObject({ kind: 'succeeded' });
    expect(await rig.run()).toMatchObject({ kind: 'snoozed', class: 'DATA_NOT_READY' });
  });

  test('with a state that is not ours: imported in whole', async () => {
    const { rig } = uploaded(chatgptZip());
    rig.state = { v: 7, hash: 1 };
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 13 } });
  });
});

describe('an upload', () => {
  const text = JSON.stringify(chats());
  test.each<[string, string | Buffer, string]>([
    ['of 0 bytes', '', 'file_empty'],
    ['of another kind', 'hello', 'not_json'],
    ['of another provider', zip([{ name: 'Userdata.json', text: '{}' }]), 'not_chatgpt'],
    ['with empty files', zip([{ name: 'user.json', text: '' }]), 'empty_export'],
    ['with a password', zip([{ name: 'user.json', text: '{}', encrypted: true }]), 'zip_encrypted'],
    ['that is cut off', shardedZip().subarray(0, 900), 'zip_broken'],
    ['with JSON cut off', zip([{ name: 'conversations.json', text: text.slice(0, -20) }]), 'json_broken'],
    ['with text after its end', zip([{ name: 'conversations.json', text: `${text} []` }]), 'json_broken'],
    ['with a stray comma', zip([{ name: 'conversations.json', text: '[{"id":"a",}]' }]), 'json_broken'],
    ['with a name without a value', zip([{ name: 'conversations.json', text: '[{"id":}]' }]), 'json_broken'],
    ['with brackets crossed', zip([{ name: 'conversations.json', text: '[{"id":[}]]' }]), 'json_broken'],
    ['with one word', zip([{ name: 'conversations.json', text: 'null' }]), 'json_broken'],
    ['nested without end', zip([{ name: 'conversations.json', text: '['.repeat(9_999) }]), 'json_broken'],
    [
      'that holds more than it claims',
      zip([{ name: 'conversations.json', text, claimedBytes: 9 }]),
      'json_broken',
    ],
    ['with half a user', zip([{ name: 'user.json', text: '{"id":' }]), 'json_broken'],
    ['with a bomb', zip([{ name: 'conversations.json', text: Buffer.alloc(12_000_000, ' ') }]), 'zip_ratio'],
    [
      'that lacks a listed shard',
      zip(shardedFiles().filter(({ name }) => !name.endsWith('-002.json'))),
      'shard_missing',
    ],
    [
      'that lacks a shard between',
      zip(shardedFiles().filter(({ name }) => !/manifest|-001/.test(name))),
      'shard_missing',
    ],
  ])('%s: CONFIG, and no records', async (_, content, code) => {
    const { rig } = uploaded(content);
    expect(await rig.run()).toMatchObject(failed('CONFIG', code));
    expect(rig.sink.of('usage')).toEqual([]);
  });

  test.each<[string, Buffer, string]>([
    ['a user of another shape', zip([{ name: 'user.json', text: '{"name":"canary"}' }]), 'user_unknown'],
    ['keys that we do not know', Buffer.from('{"canary":1}'), 'keys_unknown'],
  ])('with %s: SCHEMA_DRIFT', async (_, content, code) => {
    expect(await outcomeOf(content)).toMatchObject(failed('SCHEMA_DRIFT', code));
  });

  test('larger than we accept, packed or unpacked: CONFIG', async () => {
    const small = (limits: object): More => ({ connector: createChatgptExport(limits) });
    expect(await outcomeOf(chatgptZip(), small({ maxFileBytes: 99 }))).toMatchObject(
      failed('CONFIG', 'file_size'),
    );
    expect(await outcomeOf(chatgptZip(), small({ maxUnpackedBytes: 99 }))).toMatchObject(
      failed('CONFIG', 'zip_size'),
    );
  });

  test('in nested folders, beside a name that climbs out: only the honest files are read', async () => {
    const climbing = chatgptFile('../../user.json', chatgptUser({ id: 'canary' }));
    const { rig } = uploaded(
      zip([climbing, ...chatgptFiles().map((file) => ({ ...file, name: `a/b/${file.name}` }))]),
    );
    await rig.run();
    expect(rig.sink.of('subscriptions').map(({ key }) => key)).toEqual(['user-demo']);
  });

  test('with a manifest of another shape: the numbers of the shards are enough', async () => {
    const files = shardedFiles().filter(({ name }) => !name.includes('manifest'));
    const odd = chatgptFile('export_manifest.json', { version: 2 });
    expect(await outcomeOf(zip([odd, ...files]))).toMatchObject({ kind: 'succeeded', counts: { read: 13 } });
  });

  test('not there yet: waits for it, and tells where to ask', async () => {
    const { rig } = uploaded(undefined);
    const waiting = { class: 'DATA_NOT_READY', message: expect.stringContaining('Data controls') };
    expect(await rig.run()).toMatchObject({ kind: 'snoozed', ...waiting });
    expect(await rig.engine.checkConnection('default', 'connection-1')).toMatchObject({
      ok: false,
      ...waiting,
    });
  });

  test('that is good: check names the account without reading it all', async () => {
    const { rig } = uploaded(zip([chatgptFile('user.json', chatgptUser()), { name: 'conversations.json', text: `${JSON.stringify(chats({ chats: 500 })).slice(0, -9)}` }])); // prettier-ignore
    expect(await rig.engine.checkConnection('default', 'connection-1')).toEqual({
      ok: true,
      account: 'user-demo',
    });
  });

  test('of 40 MB: streamed, in memory that does not follow its size', async () => {
    const { rig, file } = uploaded('', { name: 'conversations.json' });
    await pipeline(Readable.from(chatsText(40_000_000)), createWriteStream(file));
    const context = new RecordingContext();
    let most = 0;
    context.progress = () => {
      most = Math.max(most, process.memoryUsage().heapUsed);
    };
    const before = process.memoryUsage().heapUsed;
    expect(await rig.run('full_sync', {}, context)).toMatchObject({ kind: 'succeeded' });
    expect(most - before).toBeLessThan(100_000_000);
  }, 60_000);
});
