import { describe, expect, test } from '@jest/globals';
import { connectorConformance } from '../kit/testing/index.js';
import { zip } from '../testing/index.js';
import { accountFiles, accountZip, extendedFiles, userdata } from '../testing/spotify-export-files.js';
import { json, replaced, uploaded } from '../testing/spotify-uploads.js';
import { spotifyExport } from './index.js';

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
