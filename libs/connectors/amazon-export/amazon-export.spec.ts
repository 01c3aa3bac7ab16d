import { writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { connectorConformance } from '../kit/testing/index.js';
import { amazonFiles, amazonZip } from '../testing/amazon-files.js';
import { uploaded } from '../testing/amazon-uploads.js';
import { zip } from '../testing/index.js';
import { amazonExport } from './index.js';

describe('a whole export', () => {
  test('imported: Prime with price and renewal, another subscription beside it, charges by period, views', async () => {
    const { rig } = uploaded(amazonZip());
    const counts = { read: 38, written: 38, rejected: 0 };
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts });
    expect(rig.sink.of('subscriptions')).toMatchObject([
      {
        key: 'SUBDEMO1',
        data: {
          plan: 'Amazon Prime 1 Month',
          prime: true,
          status: 'active',
          price_minor: 899,
          currency: 'EUR',
          interval: 'month',
          renews_on: '2026-11-10',
          auto_renew: true,
          started_on: '2024-01-10',
          ended_on: null,
          as_of: '2026-10-10',
          confidence: 'high',
        },
      },
      {
        key: 'SUBDEMO2',
        data: {
          service: 'audible',
          service_raw: 'Audible',
          prime: false,
          status: 'cancelled',
          price_minor: null,
          ended_on: '2026-06-30',
        },
      },
    ]);
    expect(rig.sink.of('charges')).toHaveLength(6);
    expect(rig.sink.of('charges')[0]).toMatchObject({
      key: 'D01-DEMO-1-2026-05-10',
      data: {
        occurred_on: '2026-05-10',
        amount_minor: 899,
        tax_minor: 0,
        currency: 'EUR',
        period_start: '2026-05-10',
        period_end: '2026-06-10',
        description: 'Prime Membership',
        subscription: 'SUBDEMO1',
        amount_source: 'booked',
      },
    });
    expect(rig.sink.of('usage')).toHaveLength(30);
    expect(rig.sink.of('usage')[0]?.data).toMatchObject({
      occurred_at: '2026-05-11T20:00:00Z',
      item: 'The Demo, Part "Two"',
      entitlement: 'PRIME',
    });
    expect(JSON.stringify([...rig.sink.records])).not.toMatch(/canary|unrelated/i);
  });

  test('imported twice: success with 0 records; in full: everything again on the same keys', async () => {
    const { rig } = uploaded(amazonZip());
    await rig.run();
    const [rows, state] = [rig.sink.records.size, rig.state];
    const counts = { read: 0, written: 0, rejected: 0 };
    expect(await rig.run()).toEqual({ kind: 'succeeded', counts, state });
    expect(await rig.run('full_sync')).toMatchObject({ counts: { read: rows } });
    expect(rig.sink.records.size).toBe(rows);
  });

  test('replaced by a newer one: only the subscriptions and what is new or different are read', async () => {
    const { rig, file } = uploaded(amazonZip({ months: 5 }));
    await rig.run();
    writeFileSync(file, amazonZip({ months: 6 }));
    expect(await rig.run()).toMatchObject({ counts: { read: 3, written: 3 } });
    expect(rig.sink.of('charges')).toHaveLength(6);
    expect(rig.sink.of('subscriptions')).toMatchObject([{ data: { renews_on: '2026-11-10' } }, {}]);
  });

  test('replaced by one with an old price corrected: that month is read again, with the two subscriptions', async () => {
    const { rig, file } = uploaded(amazonZip());
    await rig.run();
    const corrected = amazonFiles().map((sheet) => ({
      ...sheet,
      text: String(sheet.text).replace(
        '"ITEM-1-2026-06-10","N/A","N/A","8.99"',
        '"ITEM-1-2026-06-10","N/A","N/A","7.99"',
      ),
    }));
    writeFileSync(file, zip(corrected));
    expect(await rig.run()).toMatchObject({ counts: { read: 3 } });
    expect(rig.sink.of('charges')[1]?.data).toMatchObject({ occurred_on: '2026-06-10', amount_minor: 799 });
  });
});

test('held against the contract: nothing is missing', async () => {
  const { rig } = uploaded(amazonZip({ months: 24, views: 800 }));
  const { rig: empty } = uploaded('');
  const { rig: none } = uploaded(undefined);
  const missing = await connectorConformance(amazonExport, {
    good: (overrides) => rig.context(overrides),
    broken: [
      { name: 'an empty file', class: 'CONFIG', context: (overrides) => empty.context(overrides) },
      { name: 'no file yet', class: 'DATA_NOT_READY', context: (overrides) => none.context(overrides) },
    ],
    canaries: ['Canary'],
  });
  expect(missing).toEqual([]);
});
