import { writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { chat, chatgptFile, chatgptFiles, chatgptZip, chatMessage, chats } from '../testing/chatgpt-files.js';
import { conversations, outcomeOf, uploaded } from '../testing/chatgpt-uploads.js';
import { zip } from '../testing/index.js';
import { failed } from '../testing/uploads.js';
import { chatgptExport } from './index.js';

const node = (message: unknown): object => ({ mapping: { n: { id: 'n', message } } });

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
