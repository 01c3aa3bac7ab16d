import { describe, expect, test } from '@jest/globals';
import { connectorConformance } from '../kit/testing/index.js';
import {
  chat,
  chatgptFile,
  chatgptFiles,
  chatgptUser,
  chatgptZip,
  chatMessage,
  chats,
  shardedFiles,
  shardedZip,
} from '../testing/chatgpt-files.js';
import { conversations, outcomeOf, told, uploaded } from '../testing/chatgpt-uploads.js';
import { zip } from '../testing/index.js';
import { chatgptExport } from './index.js';

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

  test.each<[string, object]>([
    [
      'a user’s instructions, as exports have them',
      {
        content: { content_type: 'user_editable_context', user_profile: 'canary' },
        metadata: { is_user_system_message: true, is_visually_hidden_from_conversation: true },
      },
    ],
    ['instructions that only their content tells', { content: { content_type: 'user_editable_context' } }],
    ['instructions of the system in a user’s name', { metadata: { is_user_system_message: true } }],
    ['a hidden message', { metadata: { is_visually_hidden_from_conversation: true } }],
  ])(
    'that are nobody’s, without a time, in each conversation, %s: not counted, nor against the file',
    async (_, more) => {
      const withContext = chats({ chats: 30, turns: 1 }).map((item) => {
        const { mapping } = item as { mapping: object };
        return { ...item, mapping: { ...mapping, context: { message: chatMessage('user', null, more) } } };
      });
      const { rig } = uploaded(conversations(withContext));
      expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 30, rejected: 0 } });
      expect(told(rig)[0]).toEqual(['2026-05-04', 'demo-large', 1, 1]);
    },
  );

  test('of a user and an assistant without a time, in each conversation: the format has changed', async () => {
    const timeless = chats({ chats: 30, turns: 1 }).map((item) => ({ ...item, mapping: { n: { message: chatMessage('user', null) } } })); // prettier-ignore
    expect(await outcomeOf(conversations(timeless))).toMatchObject({ failure: { class: 'SCHEMA_DRIFT' } });
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
