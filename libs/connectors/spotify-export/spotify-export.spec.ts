import { createWriteStream, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { describe, expect, test } from '@jest/globals';
import { MemoryVault } from '#lib/credentials';
import type { SyncOutcome } from '#lib/ports';
import type { Message } from '../kit/index.js';
import { connectorConformance } from '../kit/testing/index.js';
import { RecordingContext, Rig, zip, type ZipFile } from '../testing/index.js';
import {
  accountFiles,
  accountZip,
  extendedFiles,
  extendedRows,
  extendedText,
  extendedZip,
  userdata,
  yearRows,
} from '../testing/spotify-export-files.js';
import { createSpotifyExport, spotifyExport } from './index.js';

type Upload = string | Buffer | undefined;
type More = { name?: string; config?: object; connector?: typeof spotifyExport };

function uploaded(content: Upload, more: More = {}) {
  const file = join(mkdtempSync(join(tmpdir(), 'spotify-')), more.name ?? 'my_spotify_data.zip');
  if (content !== undefined) writeFileSync(file, content);
  const config = { file, ...more.config };
  const rig = new Rig({ connector: more.connector ?? spotifyExport, config, vault: new MemoryVault() });
  return { rig, file };
}

const outcomeOf = async (content: Upload, more: More = {}): Promise<SyncOutcome> =>
  uploaded(content, more).rig.run();
const failed = (errorClass: string, code: string): object => ({
  kind: 'failed',
  failure: { class: errorClass, code },
});
const json = (name: string, value: unknown): ZipFile => ({ name, text: JSON.stringify(value) });
const replaced = (name: string, value: unknown): Buffer =>
  zip([...accountFiles().filter((file) => !file.name.endsWith(name)), json(name, value)]);

describe('account data', () => {
  test('imported: the account, plays by minute, and nothing of the person', async () => {
    const { rig } = uploaded(accountZip());
    expect(await rig.run()).toMatchObject({
      kind: 'succeeded',
      counts: { read: 41, written: 41, rejected: 0 },
    });
    expect(rig.sink.of('subscriptions')).toMatchObject([
      {
        key: 'demo-listener',
        data: { account_ref: 'demo-listener', plan: null, status: null, account_created_on: '2014-03-02' },
      },
    ]);
    expect(rig.sink.of('usage')[0]).toMatchObject({
      key: 'demo-listener|2026-05-04T18:00:00Z|The Demos - The "Demo"|164729',
      data: { kind: 'play', by: 'The Demos', amount: 164_729, unit: 'ms', item_ref: null, media: 'track' },
    });
    expect(rig.sink.of('charges')).toEqual([]);
    expect(JSON.stringify([...rig.sink.records])).not.toMatch(/canary|1990-01-01|CreditCard/);
  });

  test('with a plan named: taken as the Web API would name it', async () => {
    const { rig } = uploaded(replaced('Userdata.json', userdata({ product: 'Premium' })));
    await rig.run();
    expect(rig.sink.of('subscriptions')).toMatchObject([
      { data: { plan: 'premium', plan_raw: 'Premium', status: 'active', confidence: 'medium' } },
    ]);
  });

  test('with podcasts, audiobooks and rows without names: each is a play', async () => {
    const at = { endTime: '2026-05-04 18:00', msPlayed: 1000 };
    const files = [
      json('StreamingHistory_podcast_0.json', [{ ...at, podcastName: 'P', episodeName: 'E' }]),
      json('StreamingHistory_audiobook_0.json', [{ ...at, authorName: 'A', audiobookName: 'B' }]),
      json('StreamingHistory1.json', [at]),
    ];
    const { rig } = uploaded(zip(files));
    await rig.run();
    const told = rig.sink.of('usage').map(({ data }) => [data['media'], data['item'], data['by']]);
    expect(told.sort()).toEqual([
      ['audiobook', 'B', 'A'],
      ['episode', 'E', 'P'],
      ['track', null, null],
    ]);
  });
});

describe('payments', () => {
  const chargesOf = async (payments: unknown) => {
    const { rig } = uploaded(replaced('Payments.json', payments));
    const outcome = await rig.run();
    return { outcome, charges: rig.sink.of('charges') };
  };
  const expected = { occurred_on: '2026-05-04', amount_minor: 1099, currency: 'EUR', confidence: 'low' };

  test.each<[string, unknown]>([
    ['a list', [{ id: 'p1', date: '2026-05-04', amount: 10.99, currency: 'EUR' }]],
    [
      'one entry',
      { transaction_id: 'p1', paymentDate: '2026-05-04T10:00:00Z', price: '10,99', currencyCode: 'eur' },
    ],
    [
      'a list in an object',
      { payments: [{ orderId: 'p1', created_at: 1777888800, total: '10.99', currency: 'EUR' }] },
    ],
    ['amounts as objects', [{ id: 'p1', date: '2026-05-04', price: { amount: '10.99', currency: 'EUR' } }]],
  ])('as %s: a charge each', async (_, payments) => {
    const { charges } = await chargesOf(payments);
    expect(charges).toMatchObject([{ key: 'demo-listener|p1', data: expected }]);
  });

  test.each<[string, unknown]>([
    ['a payment method', { payment_method: 'CreditCard', creation_date: '2024-01-01' }],
    ['amounts without a date', [{ amount: '10.99', currency: 'EUR' }]],
    ['nothing', {}],
    ['an empty list', []],
    ['words', ['canary', null, 3]],
  ])('that hold %s: no charge, and no failure', async (_, payments) => {
    const { outcome, charges } = await chargesOf(payments);
    expect(charges).toEqual([]);
    expect(outcome).toMatchObject({ kind: 'succeeded', counts: { rejected: 0 } });
  });

  test('with amounts that cannot be read: counted, not guessed', async () => {
    const good = { date: '2026-05-04', amount: '10.99', currency: 'EUR' };
    const { outcome, charges } = await chargesOf([
      good,
      { ...good, amount: '1.234' },
      { ...good, date: '4/5/26' },
    ]);
    expect(outcome).toMatchObject({ kind: 'succeeded', counts: { rejected: 2 } });
    expect(charges).toHaveLength(1);
  });
});

describe('an extended history', () => {
  test('imported: plays by second under keys that begin like those of the Web API', async () => {
    const { rig } = uploaded(extendedZip(), { config: { account: 'demo-listener' } });
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 40, rejected: 0 } });
    expect(rig.sink.of('usage')[0]).toMatchObject({
      key: 'demo-listener|2026-05-04T18:00:30Z|demo1x0|164729',
      data: { item_ref: 'demo1x0', occurred_at: '2026-05-04T18:00:30Z', country: 'DE', media: 'track' },
    });
    expect(JSON.stringify([...rig.sink.records])).not.toMatch(/canary|192\.0\.2/i);
  });

  test('imported twice: success with 0 records; in full: everything again on the same keys', async () => {
    const { rig } = uploaded(extendedZip());
    await rig.run();
    const state = rig.state;
    const counts = { read: 0, written: 0, rejected: 0 };
    expect(await rig.run()).toEqual({ kind: 'succeeded', counts, state });
    expect(await rig.run('full_sync')).toMatchObject({ counts: { read: 40 } });
    expect(rig.sink.records.size).toBe(40);
  });

  test('replaced by a longer one, in other files and another order: only the months with news are read', async () => {
    const { rig, file } = uploaded(extendedZip({ plays: 60 }));
    await rig.run();
    const rows = [...extendedRows({ plays: 62 })].reverse();
    writeFileSync(file, zip([json('x/endsong_0.json', rows)]));
    const july = 4;
    expect(await rig.run()).toMatchObject({ counts: { read: july, written: july } });
    expect(rig.sink.records.size).toBe(62);
  });

  test('beside the plays of the last year: those are not counted twice', async () => {
    const { rig } = uploaded(zip([...accountFiles(), ...extendedFiles()]));
    await rig.run();
    expect(rig.sink.of('usage')).toHaveLength(40);
    expect(rig.sink.of('usage')[0]?.key).toMatch(/^demo-listener\|/);
  });

  test('with episodes, audiobooks, local files and an instant told twice: one play each', async () => {
    const [row = {}] = extendedRows();
    const none = {
      spotify_track_uri: null,
      master_metadata_track_name: null,
      master_metadata_album_artist_name: null,
    };
    const rows = [
      row,
      row,
      { ...row, ms_played: 5 },
      {
        ...row,
        ...none,
        spotify_episode_uri: 'spotify:episode:ep1',
        episode_name: 'E',
        episode_show_name: 'S',
      },
      { ...row, ...none, audiobook_chapter_uri: 'spotify:chapter:ch1', audiobook_title: 'B', ms_played: 7 },
      { ...row, ...none, ts: '2026-05-04T20:00:30.250+02:00' },
    ];
    const { rig } = uploaded(JSON.stringify(rows), { name: 'renamed.json' });
    expect(await rig.run()).toMatchObject({ counts: { read: 5, rejected: 0 } });
    expect(
      rig.sink.of('usage').map(({ data }) => [data['media'], data['item_ref'], data['occurred_at']]),
    ).toEqual([
      ['track', 'demo1x0', '2026-05-04T18:00:30Z'],
      ['track', 'demo1x0', '2026-05-04T18:00:30Z'],
      ['episode', 'ep1', '2026-05-04T18:00:30Z'],
      ['audiobook', 'ch1', '2026-05-04T18:00:30Z'],
      ['track', null, '2026-05-04T18:00:30.250Z'],
    ]);
  });

  test('of 30 MB: streamed in batches, in memory that does not follow its size', async () => {
    const { rig, file } = uploaded('', { name: 'Streaming_History_Audio_2016_0.json' });
    await pipeline(Readable.from(extendedText(30_000_000)), createWriteStream(file));
    rig.sink.records.set = () => rig.sink.records;
    const context = new RecordingContext();
    let most = 0;
    context.progress = () => {
      most = Math.max(most, process.memoryUsage().heapUsed);
    };
    const before = process.memoryUsage().heapUsed;
    expect(await rig.run('full_sync', {}, context)).toMatchObject({ kind: 'succeeded' });
    expect(Math.max(...rig.sink.batches)).toBe(500);
    expect(most - before).toBeLessThan(150_000_000);
    expect(JSON.stringify(rig.state).length).toBeLessThan(16_384);
  }, 60_000);
});

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

test('held against the contract: nothing is missing', async () => {
  const { rig } = uploaded(zip([...accountFiles(), ...extendedFiles({ plays: 400 })]));
  const { rig: empty } = uploaded('');
  const { rig: none } = uploaded(undefined);
  const missing = await connectorConformance(spotifyExport, {
    good: (overrides) => rig.context(overrides),
    broken: [
      { name: 'an empty file', class: 'CONFIG', context: (overrides) => empty.context(overrides) },
      { name: 'no file yet', class: 'DATA_NOT_READY', context: (overrides) => none.context(overrides) },
    ],
    canaries: ['canary@example.invalid', '192.0.2.123', 'Canary OS'],
  });
  expect(missing).toEqual([]);
});
