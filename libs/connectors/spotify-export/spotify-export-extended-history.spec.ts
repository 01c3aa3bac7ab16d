import { createWriteStream, writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { describe, expect, test } from '@jest/globals';
import { RecordingContext, zip } from '../testing/index.js';
import {
  accountFiles,
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
