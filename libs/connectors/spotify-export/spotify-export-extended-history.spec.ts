import { createWriteStream, writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { describe, expect, test } from '@jest/globals';
import { RecordingContext, zip, type Rig } from '../testing/index.js';
import {
  accountFiles,
  accountZip,
  extendedFiles,
  extendedRows,
  extendedText,
  extendedZip,
} from '../testing/spotify-export-files.js';
import { json, uploaded } from '../testing/spotify-uploads.js';

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

  const told = ({ sink }: Rig): unknown[] => sink.of('usage').map(({ data }) => data['occurred_at']);
  const played = (rows: readonly object[]): unknown[] =>
    rows.map((row) => ('ts' in row ? row.ts : undefined));
  const life = { plays: 5, since: '2026-11-09T23:58:30Z' };

  test('after the account data with the same plays: takes their place, under the name that those gave', async () => {
    const { rig, file } = uploaded(accountZip(life));
    await rig.run();
    rig.clock.move(1_000);
    writeFileSync(file, extendedZip(life));
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 5, rejected: 0 } });
    expect(told(rig)).toEqual(played(extendedRows(life)));
    expect(rig.sink.of('usage')[0]?.key).toBe('demo-listener|2026-11-09T23:58:30Z|demo1x0|164729');
    rig.clock.move(1_000);
    writeFileSync(file, accountZip({ ...life, seed: 1, plays: 6 }));
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 2 } });
    expect(told(rig)).toEqual([...played(extendedRows(life)), '2026-11-14T23:58:00Z']);
    rig.clock.move(1_000);
    writeFileSync(file, extendedZip({ ...life, plays: 7 }));
    await rig.run();
    expect(told(rig)).toEqual(played(extendedRows({ ...life, plays: 7 })));
  });

  test('that ends before the account data do: what those told after it stays', async () => {
    const { rig, file } = uploaded(accountZip({ ...life, everyMinutes: 1, plays: 9 }));
    await rig.run();
    rig.clock.move(1_000);
    writeFileSync(file, extendedZip({ ...life, everyMinutes: 1 }));
    await rig.run();
    const after = [
      '2026-11-10T00:03:00Z',
      '2026-11-10T00:04:00Z',
      '2026-11-10T00:05:00Z',
      '2026-11-10T00:06:00Z',
    ];
    expect(told(rig)).toEqual([...after, ...played(extendedRows({ ...life, everyMinutes: 1 }))]);
  });

  test.each<[string, object, number]>([
    ['with the name of the account: what those told after it stays', { account: 'demo-listener' }, 9],
    ['without a name: each play is there once', {}, 5],
  ])(
    'that ends before the account data do, read by a schedule that knows neither, %s',
    async (_, config, plays) => {
      const { rig, file } = uploaded(accountZip({ ...life, plays: 9 }), { config });
      await rig.run();
      rig.clock.move(1_000);
      writeFileSync(file, extendedZip(life));
      await rig.run();
      const before = told(rig);
      expect(before).toHaveLength(9);
      rig.clock.move(1_000);
      rig.state = undefined;
      await rig.run('full_sync');
      expect(told(rig).sort()).toEqual(before.sort().slice(0, plays));
    },
  );

  test('before account data of another account: those are told in whole', async () => {
    const { rig, file } = uploaded(extendedZip(life), { config: { account: 'someone' } });
    await rig.run();
    const other = uploaded(accountZip(life));
    other.rig.state = rig.state;
    expect(await other.rig.run()).toMatchObject({ counts: { read: 6 } });
    writeFileSync(file, accountZip(life));
    expect(await rig.run()).toMatchObject({ counts: { read: 1 } });
  });

  test('a file out of it, after the whole: takes nothing; the whole is then read anew', async () => {
    const { rig, file } = uploaded(extendedZip(life));
    await rig.run();
    rig.clock.move(1_000);
    writeFileSync(file, JSON.stringify(extendedRows({ ...life, plays: 2 })));
    expect(await rig.run()).toMatchObject({ counts: { read: 2 } });
    expect(told(rig)).toHaveLength(5);
    rig.clock.move(1_000);
    writeFileSync(file, extendedZip({ ...life, plays: 6 }));
    expect(await rig.run()).toMatchObject({ counts: { read: 6 } });
    expect(told(rig)).toHaveLength(6);
  });

  test.each<[string, (rig: Rig) => unknown]>([
    ['with the state of an earlier version', (rig) => rig.run()],
    ['in full', (rig) => rig.run('full_sync')],
  ])('%s, over plays that an earlier version told twice: each is there once', async (_, again) => {
    const { rig, file } = uploaded(accountZip(life));
    await rig.run();
    rig.clock.move(1_000);
    writeFileSync(file, extendedZip(life));
    const { v, rows } = rig.state as { v: number; rows: object };
    rig.state = { v, rows, hash: 'sha256:0' };
    await again(rig);
    expect(told(rig)).toEqual(played(extendedRows(life)));
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
