import { createWriteStream, mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { describe, expect, test } from '@jest/globals';
import { MemoryVault } from '#lib/credentials';
import type { SyncOutcome } from '#lib/ports';
import { connectorConformance } from '../kit/testing/index.js';
import { RecordingContext, Rig, zip, type ZipFile } from '../testing/index.js';
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
import { chatgptExport, createChatgptExport } from './index.js';

type More = { name?: string; config?: object; connector?: typeof chatgptExport };

function uploaded(content: string | Buffer | undefined, more: More = {}) {
  const file = join(mkdtempSync(join(tmpdir(), 'chatgpt-')), more.name ?? 'chatgpt.zip');
  if (content !== undefined) writeFileSync(file, content);
  const config = { file, ...more.config };
  const rig = new Rig({ connector: more.connector ?? chatgptExport, config, vault: new MemoryVault() });
  return { rig, file };
}

const outcomeOf = async (content: string | Buffer | undefined, more: More = {}): Promise<SyncOutcome> =>
  uploaded(content, more).rig.run();
const failed = (errorClass: string, code: string): object => ({
  kind: 'failed',
  failure: { class: errorClass, code },
});
const conversations = (items: unknown, more: readonly ZipFile[] = []): Buffer =>
  zip([chatgptFile('conversations.json', items), ...more]);
/** Day, model, answers and questions of every row. */
const told = ({ sink }: Rig): unknown[] =>
  sink.of('usage').map(({ data }) => [data['occurred_at'], data['item'], data['amount'], data['questions']]);
const node = (message: unknown): object => ({ mapping: { n: { id: 'n', message } } });

describe('an export', () => {
  test('imported: the plan, counts by day and model, and not a word of any text', async () => {
    const { rig } = uploaded(chatgptZip());
    expect(await rig.run()).toMatchObject({
      kind: 'succeeded',
      counts: { read: 13, written: 13, rejected: 0 },
    });
    expect(rig.sink.of('subscriptions')).toMatchObject([
      {
        key: 'user-demo',
        data: { plan: 'paid', plan_raw: 'chatgpt_plus_user: true', status: 'active', as_of: '2026-05-15' },
      },
    ]);
    expect(rig.sink.of('usage')[1]).toMatchObject({
      key: '2026-05-05|demo-small',
      data: {
        account_ref: 'user-demo',
        kind: 'chat',
        amount: 2,
        unit: 'messages',
        questions: 2,
        conversations: 1,
      },
    });
    expect(JSON.stringify([...rig.sink.records, rig.state])).not.toMatch(/canary|quoted|\+1000|1990/);
  });

  test('in shards: the same rows as in one file', async () => {
    const [one, many] = [uploaded(chatgptZip()).rig, uploaded(shardedZip()).rig];
    await one.run();
    expect(await many.run()).toMatchObject({ kind: 'succeeded' });
    expect(many.sink.records).toEqual(one.sink.records);
  });

  test('with shards and the one file as well: each conversation counts once', async () => {
    const { rig } = uploaded(zip([...shardedFiles(), chatgptFile('conversations.json', chats())]));
    await rig.run();
    expect(told(rig)[0]).toEqual(['2026-05-04', 'demo-large', 2, 2]);
  });

  test.each<[string, object, object]>([
    ['no plan', { chatgpt_plus_user: false }, { plan: 'free', status: 'active' }],
    ['a flag that is missing', { chatgpt_plus_user: undefined }, { plan: null, status: null }],
  ])('of a user with %s: told as far as known', async (_, more, expected) => {
    const { rig } = uploaded(zip(chatgptFiles({}, chatgptUser(more))));
    await rig.run();
    expect(rig.sink.of('subscriptions')).toMatchObject([{ data: expected }]);
  });

  test.each<[string, string, string, object]>([
    ['user.json', 'user.json', JSON.stringify(chatgptUser()), { read: 1 }],
    ['conversations under another name', 'mine.json', JSON.stringify(chats()), { read: 12 }],
    [
      'conversations with a BOM',
      'conversations.json',
      `\uFEFF${JSON.stringify(chats(), null, 2)}`,
      { read: 12 },
    ],
    ['no conversations', 'conversations.json', '[]', { read: 0 }],
  ])('as a bare file, %s: imported', async (_, name, content, counts) => {
    expect(await outcomeOf(content, { name })).toMatchObject({ kind: 'succeeded', counts });
  });
});

describe('messages', () => {
  test('without a model: those of the conversation’s usual one; without any: of its default', async () => {
    const at = Date.parse('2026-05-04T12:00:00Z') / 1000;
    const answer = (model?: string): object =>
      chatMessage('assistant', at, { metadata: { model_slug: model } });
    const of = (id: string, messages: readonly object[], model: string | null): object =>
      chat(
        0,
        {},
        {
          id,
          conversation_id: id,
          default_model_slug: model,
          mapping: Object.fromEntries(messages.map((message, n) => [n, { message }])),
        },
      );
    const { rig } = uploaded(
      conversations([
        of(
          'a',
          [chatMessage('user', at), answer('small'), answer('large'), answer('large'), answer()],
          'auto',
        ),
        of('b', [chatMessage('user', at), answer()], 'default'),
        of('c', [chatMessage('user', at)], null),
        of('d', [chatMessage('tool', null), chatMessage('critic', at)], 'auto'),
      ]),
    );
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { rejected: 0 } });
    expect(told(rig)).toEqual([
      ['2026-05-04', 'large', 3, 1],
      ['2026-05-04', 'small', 1, 0],
      ['2026-05-04', 'default', 1, 1],
      ['2026-05-04', 'unknown', 0, 1],
    ]);
  });

  test('around midnight: counted on their own days, UTC', async () => {
    const { rig } = uploaded(conversations([chat(0, { since: '2026-05-04T23:59:59Z', turns: 2 })]));
    await rig.run();
    expect(told(rig)).toEqual([
      ['2026-05-04', 'demo-large', 1, 1],
      ['2026-05-05', 'demo-large', 1, 1],
    ]);
  });
});

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

describe('rows', () => {
  const broken = (count: number): readonly object[] =>
    Array.from({ length: count }, (_, at) =>
      chat(at, { seed: 9 }, { update_time: 'canary', create_time: null }),
    );

  test('a few unreadable: counted, listed by place and without their content, the rest imported', async () => {
    const { rig } = uploaded(
      conversations([...chats(), ...broken(2), chat(3, { seed: 5 }, node(chatMessage('user', -1)))]),
    );
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { rejected: 3 } });
    const reasons: string[] = [];
    for await (const message of chatgptExport.read(rig.context()))
      if (message.kind === 'rejected') reasons.push(message.reason);
    expect(reasons).toEqual([
      'conversations.json, row 78: a conversation without a plausible update_time',
      'conversations.json, row 84: a conversation without a plausible update_time',
      'conversations.json, row 85: a message without a plausible create_time',
    ]);
    expect(rig.sink.of('usage')).toHaveLength(12);
  });

  test('too many unreadable: SCHEMA_DRIFT, and what was stored is kept', async () => {
    const { rig, file } = uploaded(chatgptZip());
    await rig.run();
    const [records, state] = [structuredClone([...rig.sink.records]), rig.state];
    writeFileSync(file, zip([...chatgptFiles().slice(0, 1), chatgptFile('conversations.json', [...chats({ chats: 14 }), ...broken(40)])])); // prettier-ignore
    expect(await rig.run()).toMatchObject(failed('SCHEMA_DRIFT', 'bad_rows'));
    expect([...rig.sink.records]).toEqual(records);
    expect(rig.state).toEqual(state);
    expect(await outcomeOf(conversations(broken(40)), { config: { maxBadRows: 1 } })).toMatchObject({
      kind: 'succeeded',
    });
  });

  test.each<[string, unknown]>([
    ['an object in place of the list', { conversations: chats() }],
    ['an empty object', {}],
    ['words', ['canary', 'canary']],
    ['conversations without a mapping', chats().map((item) => ({ ...item, mapping: [] }))],
    [
      'messages without an author',
      [chat(0, {}, node({ create_time: 1_777_888_800 }))].map((c) => ({ ...c, update_time: 1 })),
    ],
    ['times in milliseconds', [chat(0, {}, { update_time: 1_777_888_800_000, mapping: {} })]],
    ['times in the far future', [chat(0, {}, { update_time: 4_000_000_000, mapping: {} })]],
  ])('all of them %s: SCHEMA_DRIFT', async (_, items) => {
    expect(await outcomeOf(conversations(items))).toMatchObject(failed('SCHEMA_DRIFT', 'bad_rows'));
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

test('held against the contract: nothing is missing', async () => {
  const { rig, file } = uploaded(shardedZip());
  const empty = uploaded('').file;
  const missing = await connectorConformance(chatgptExport, {
    good: (overrides) => rig.context(overrides),
    broken: [
      {
        name: 'no settings',
        class: 'CONFIG',
        context: (overrides) => rig.context({ ...overrides, config: {} }),
      },
      {
        name: 'an empty file',
        class: 'CONFIG',
        context: (overrides) => rig.context({ ...overrides, config: { file: empty } }),
      },
      {
        name: 'no file',
        class: 'DATA_NOT_READY',
        context: (overrides) => rig.context({ ...overrides, config: { file: `${file}.no` } }),
      },
    ],
    canaries: ['canary'],
  });
  expect(missing).toEqual([]);
});
