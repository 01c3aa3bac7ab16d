import { describe, expect, test } from '@jest/globals';
import { viewingHistory, zip } from '../testing/index.js';
import { uploaded } from '../testing/netflix-uploads.js';
import { failed } from '../testing/uploads.js';

describe('a viewing history', () => {
  const run = async (dates: readonly string[], config: object = {}) => {
    const { rig } = uploaded(viewingHistory(dates.map((date) => ['The Demo', date])), {
      name: 'NetflixViewingHistory.csv',
      config,
    });
    const outcome = await rig.run();
    return { outcome, dates: rig.sink.of('usage').map((record) => record.data['occurred_at']) };
  };

  test.each([
    [
      ['24.01.23', '01.02.23'],
      ['2023-01-24', '2023-02-01'],
    ],
    [['2021-12-15'], ['2021-12-15']],
    [
      ['12/04/2022', '13/04/2022'],
      ['2022-04-12', '2022-04-13'],
    ],
    [
      ['4/21/25', '4/1/25'],
      ['2025-04-21', '2025-04-01'],
    ],
    [['2021. 12. 15.'], ['2021-12-15']],
    [
      ['23. 1. 5.', '23. 1. 15.'],
      ['2023-01-05', '2023-01-15'],
    ],
    [
      ['23/1/5', '23/12/15'],
      ['2023-01-05', '2023-12-15'],
    ],
    [['24.01.23'], ['2023-01-24']],
  ])('dated %p: the order is inferred', async (texts, expected) => {
    expect(await run(texts)).toMatchObject({ outcome: { kind: 'succeeded' }, dates: expected });
  });

  test.each([
    [['4/1/25', '5/2/25'], 'dates_ambiguous'],
    [['13/1/25', '1/13/25'], 'dates_mixed'],
    [['23/1/15', '24/2/16'], 'dates_ambiguous'],
    [['5/1/66', '25/1/66'], 'dates_impossible'],
    [['5/1/2566'], 'dates_impossible'],
  ])('dated %p: never guessed', async (texts, code) => {
    expect((await run(texts)).outcome).toMatchObject(failed('CONFIG', code));
  });

  test('dated ambiguously with the format set: read by it', async () => {
    expect((await run(['4/1/25'], { dateFormat: 'month-first' })).dates).toEqual(['2025-04-01']);
    expect((await run(['4/1/25'], { dateFormat: 'day-first' })).dates).toEqual(['2025-01-04']);
  });

  test('dated as Korean, Basque, German and American accounts have it, over years: each day as it was', async () => {
    const days = Array.from({ length: 200 }, (_, at) => new Date(Date.UTC(2023, 0, 5) + at * 5 * 86_400_000));
    for (const language of ['ko', 'eu', 'de', 'en-US', 'ja']) {
      const short = new Intl.DateTimeFormat(language, { dateStyle: 'short', timeZone: 'UTC' });
      const read = await run(days.map((day) => short.format(day)));
      expect(read.dates).toEqual(days.map((day) => day.toISOString().slice(0, 10)));
    }
  });

  test('dated by a format that makes it a day to come: not read', async () => {
    expect((await run(['5/1/66'], { dateFormat: 'day-first' })).outcome).toMatchObject(
      failed('SCHEMA_DRIFT', 'bad_rows'),
    );
  });

  test('twice in one ZIP: each view once', async () => {
    const text = viewingHistory([['A', '24.01.23'], ['A', '24.01.23']]); // prettier-ignore
    const files = ['one', 'two'].map((folder) => ({ name: `${folder}/NetflixViewingHistory.csv`, text }));
    const { rig } = uploaded(zip(files));
    await rig.run();
    expect(rig.sink.of('usage').map((record) => record.key)).toEqual(['|2023-01-24|A|0', '|2023-01-24|A|1']);
  });

  test('with a title seen twice on one day: two views, and the same two the next time', async () => {
    const { rig } = uploaded(
      viewingHistory([
        ['A', '24.01.23'],
        ['A', '24.01.23'],
        ['B', '24.01.23'],
      ]),
      { name: 'h.csv', config: { profile: 'Kid' } },
    );
    await rig.run();
    await rig.run('full_sync');
    expect(rig.sink.of('usage').map((record) => record.key)).toEqual([
      'Kid|2023-01-24|A|0',
      'Kid|2023-01-24|A|1',
      'Kid|2023-01-24|B|0',
    ]);
  });
});
