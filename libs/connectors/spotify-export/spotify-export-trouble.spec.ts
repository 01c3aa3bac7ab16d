import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describe, expect, test } from '@jest/globals';
import type { Message } from '../kit/index.js';
import { zip, type ZipFile } from '../testing/index.js';
import {
  accountFiles,
  accountZip,
  extendedFiles,
  extendedRows,
  extendedZip,
  yearRows,
} from '../testing/spotify-export-files.js';
import { json, outcomeOf, replaced, uploaded } from '../testing/spotify-uploads.js';
import { failed, type More, type Upload } from '../testing/uploads.js';
import { createSpotifyExport, spotifyExport } from './index.js';

describe('rows', () => {
  const history = (good: number, bad: number): readonly object[] => [
    ...yearRows({ plays: good }),
    ...Array.from({ length: bad }, () => ({ endTime: 'yesterday', msPlayed: -1, trackName: 'canary' })),
  ];

  test('a few unreadable: counted, listed by place and without their content, the rest imported', async () => {
    const { rig } = uploaded(replaced('StreamingHistory_music_0.json', history(28, 2)));
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 31, rejected: 2 } });
    const listed: Message[] = [];
    for await (const message of spotifyExport.read(rig.context()))
      if (message.kind === 'rejected') listed.push(message);
    expect(listed.map((message) => ('reason' in message ? message.reason : ''))).toEqual([
      'streaminghistory_music_0.json, row 29: endTime: invalid_format, msPlayed: too_small',
      'streaminghistory_music_0.json, row 30: endTime: invalid_format, msPlayed: too_small',
    ]);
  });

  test.each([
    [20, 10],
    [0, 3],
  ])('%s good and %s unreadable: the format has changed', async (good, bad) => {
    const { rig } = uploaded(replaced('StreamingHistory_music_0.json', history(good, bad)));
    expect(await rig.run()).toMatchObject(failed('SCHEMA_DRIFT', 'bad_rows'));
    expect(await rig.engine.checkConnection('default', 'connection-1')).toMatchObject({
      class: 'SCHEMA_DRIFT',
    });
  });

  test('unreadable in a later upload: refused as a whole, and the old data stay as they were', async () => {
    const { rig, file } = uploaded(accountZip());
    await rig.run();
    const [before, state] = [JSON.stringify([...rig.sink.records]), rig.state];
    const wrong = json('StreamingHistory_music_1.json', history(0, 30));
    writeFileSync(file, zip([...accountFiles({ seed: 2 }), wrong]));
    expect(await rig.run()).toMatchObject(failed('SCHEMA_DRIFT', 'bad_rows'));
    expect([JSON.stringify([...rig.sink.records]), rig.state]).toEqual([before, state]);
  });
});

describe('an upload that is no good', () => {
  const endless = `[{"ts":"${'x'.repeat(3_000_000)}"}]`;
  test.each<[string, Upload, More, object]>([
    ['0 bytes', '', {}, failed('CONFIG', 'file_empty')],
    ['a web page', '<!doctype html><title>Sign in', {}, failed('CONFIG', 'not_json')],
    ['half a ZIP', extendedZip().subarray(0, 900), {}, failed('CONFIG', 'zip_broken')],
    ['an empty ZIP', zip([]), {}, failed('CONFIG', 'not_spotify')],
    ["another provider's ZIP", zip([json('conversations.json', [])]), {}, failed('CONFIG', 'not_spotify')],
    ['other JSON', '[{"title":"x"}]', { name: 'a.json' }, failed('SCHEMA_DRIFT', 'keys_unknown')],
    [
      'half of the JSON',
      JSON.stringify(extendedRows()).slice(0, 900),
      { name: 'a.json' },
      failed('CONFIG', 'json_broken'),
    ],
    ['a bare word in the ZIP', zip([json('endsong_0.json', 3)]), {}, failed('CONFIG', 'json_broken')],
    [
      'text after the JSON',
      `${JSON.stringify(extendedRows())}]`,
      { name: 'a.json' },
      failed('CONFIG', 'json_broken'),
    ],
    [
      'a value without end',
      zip([{ name: 'endsong_0.json', text: endless }]),
      {},
      failed('CONFIG', 'json_item'),
    ],
    [
      'an object for a list',
      zip([json('endsong_0.json', { a: {} })]),
      {},
      failed('SCHEMA_DRIFT', 'bad_rows'),
    ],
    ['a list for the account', replaced('Userdata.json', [1]), {}, failed('SCHEMA_DRIFT', 'bad_rows')],
    [
      'a ZIP with a password',
      zip([{ name: 'endsong_0.json', text: '[]', encrypted: true }]),
      {},
      failed('CONFIG', 'zip_encrypted'),
    ],
    [
      'a zip bomb',
      zip([{ name: 'endsong_0.json', text: Buffer.alloc(20_000_000, 32) }]),
      {},
      failed('CONFIG', 'zip_ratio'),
    ],
    [
      'too large',
      extendedZip(),
      { connector: createSpotifyExport({ maxFileBytes: 9 }) },
      failed('CONFIG', 'file_size'),
    ],
    [
      'more unpacked than it claims',
      zip([{ ...json('endsong_0.json', extendedRows()), claimedBytes: 300 }]),
      {},
      failed('CONFIG', 'json_broken'),
    ],
    ['wrong settings', extendedZip(), { config: { profile: 'x' } }, failed('CONFIG', 'config_invalid')],
  ])('%s: says so, and stores nothing', async (_, content, more, expected) => {
    const { rig } = uploaded(content, { ...more, config: { maxBadRows: 0, ...more.config } });
    const outcome = await rig.run();
    expect(outcome).toMatchObject(expected);
    expect(JSON.stringify(outcome)).not.toContain(tmpdir());
    expect([rig.state, rig.sink.records.size]).toEqual([undefined, 0]);
    expect(await rig.engine.checkConnection('default', 'connection-1')).toMatchObject({ ok: false });
  });

  test('under the digest that it is stored by: called the upload, not masked like a credential', async () => {
    const { rig } = uploaded('abc', { name: 'a1'.repeat(32) });
    const checked = await rig.engine.checkConnection('default', 'connection-1');
    expect(checked).toMatchObject({
      message: expect.stringMatching(/^the upload is neither a ZIP nor JSON/),
    });
  });

  test.each<[string, readonly ZipFile[]]>([
    ['names that climb out', [...extendedFiles(), { name: '../../endsong_0.json', text: 'hostile' }]],
    ['an empty file', [...extendedFiles(), { name: 'Userdata.json', text: '' }]],
    ['a BOM', extendedFiles().map((file) => ({ ...file, text: `\uFEFF${String(file.text)}\r\n` }))],
  ])('a ZIP with %s: read all the same', async (_, files) => {
    expect(await outcomeOf(zip(files))).toMatchObject({
      kind: 'succeeded',
      counts: { read: 40, rejected: 0 },
    });
  });

  test('not there yet: told where to ask and where to put it, and read once it is there', async () => {
    const { rig, file } = uploaded(undefined);
    const message = expect.stringMatching(
      /no my_spotify_data\.zip in the import folder yet.*account\/privacy/,
    );
    expect(await rig.engine.checkConnection('default', 'connection-1')).toMatchObject({
      class: 'DATA_NOT_READY',
      message,
    });
    expect(await rig.run()).toMatchObject({ kind: 'snoozed', class: 'DATA_NOT_READY', message });
    writeFileSync(file, accountZip());
    expect(await rig.run()).toMatchObject({ kind: 'succeeded' });
  });
});
