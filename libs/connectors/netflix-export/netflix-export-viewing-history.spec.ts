import { describe, expect, test } from '@jest/globals';
import { viewingHistory } from '../testing/index.js';
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
  ])('dated %p: the order is inferred', async (texts, expected) => {
    expect(await run(texts)).toMatchObject({ outcome: { kind: 'succeeded' }, dates: expected });
  });

  test.each([
    [['4/1/25', '5/2/25'], 'dates_ambiguous'],
    [['13/1/25', '1/13/25'], 'dates_mixed'],
  ])('dated %p: never guessed', async (texts, code) => {
    expect((await run(texts)).outcome).toMatchObject(failed('CONFIG', code));
  });

  test('dated ambiguously with the format set: read by it', async () => {
    expect((await run(['4/1/25'], { dateFormat: 'month-first' })).dates).toEqual(['2025-04-01']);
    expect((await run(['4/1/25'], { dateFormat: 'day-first' })).dates).toEqual(['2025-01-04']);
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
