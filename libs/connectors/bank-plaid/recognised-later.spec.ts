import { afterEach, describe, expect, test } from '@jest/globals';
import { closeOpened } from '../testing/stand-ins.js';
import { ALL, BEFORE, charges, cinemaGoer, cursors, SYNC } from '../testing/plaid-customer.js';
import { plaidTroubles } from '../testing/plaid-stand-in.js';

afterEach(closeOpened);

describe('a merchant whose payments are seen to recur after they were read', () => {
  test('all its charges come with the next incremental sync, each once, and nothing else comes again', async () => {
    const { item, rig, visits } = await cinemaGoer();
    expect(charges(rig)).toEqual(BEFORE);
    item.recognise(visits);
    item.pay('Cinema Club', 'CINEMA CLUB 4711', { date: '2026-11-05', amount: 20 });
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 7, written: 7 } });
    expect(charges(rig)).toEqual(['tx_1 1299', 'tx_10 2000', ...ALL.slice(1)]);
    const [first] = rig.sink.of('charges').filter(({ key }) => key === 'tx_7');
    expect(first?.data).toMatchObject({ provider: 'bank:cinema-club', booked_on: '2024-12-05' });
  });

  test('they are what a full sync would have brought', async () => {
    const { item, rig, visits } = await cinemaGoer();
    item.recognise(visits);
    await rig.run();
    const incremental = new Map(rig.sink.records);
    rig.sink.records.clear();
    await rig.run('full_sync');
    expect([...incremental.values()].sort(byKey)).toEqual([...rig.sink.records.values()].sort(byKey));
  });

  test('read from the beginning once: the runs after it ask from the cursor alone', async () => {
    const { plaid, item, rig, visits } = await cinemaGoer();
    item.recognise(visits);
    const already = cursors(plaid).length;
    for (let run = 0; run < 3; run++) await rig.run();
    expect(cursors(plaid).slice(already).map((cursor) => typeof cursor)).toEqual(
      ['string', 'undefined', 'string', 'string'],
    ); // prettier-ignore
  });

  test('seen under another name later: what was paid under that name comes too', async () => {
    const { item, rig, visits } = await cinemaGoer();
    const stream = item.recognise(visits.slice(2), { merchant_name: null, description: 'CC BERLIN' });
    await rig.run();
    expect(charges(rig)).toEqual([...BEFORE, 'tx_9 2000']);
    item.retell(stream, { merchant_name: 'Cinema Club' });
    await rig.run();
    expect(charges(rig)).toEqual(ALL);
  });
});

describe('charges that change while they are read from the beginning', () => {
  test('corrected and taken back before: as they are now, and as nothing', async () => {
    const { item, rig, visits } = await cinemaGoer();
    item.modify('tx_7', { amount: 15 });
    item.remove('tx_8');
    item.remove('tx_1');
    item.recognise(visits);
    await rig.run();
    expect(charges(rig)).toEqual(['tx_1 0', 'tx_3 3000', 'tx_6 -150', 'tx_7 1500', 'tx_9 2000']);
  });

  test('taken back between two pages: one not yet written never comes, one written counts as nothing', async () => {
    const { item, rig, visits } = await cinemaGoer(4);
    item.recognise(visits);
    item.afterPage = () => {
      item.remove('tx_7');
      item.remove('tx_3');
      item.modify('tx_9', { amount: 21 });
      item.modify('tx_1', { amount: 9.99 });
    };
    expect(await rig.run()).toMatchObject({ kind: 'succeeded' });
    await rig.run();
    expect(charges(rig)).toEqual(['tx_1 999', 'tx_3 0', 'tx_6 -150', 'tx_8 2000', 'tx_9 2100']);
  });

  test('taken back afterwards: an early charge counts as nothing', async () => {
    const { item, rig, visits } = await cinemaGoer();
    item.recognise(visits);
    await rig.run();
    item.remove('tx_7');
    await rig.run();
    expect(charges(rig)).toEqual([...BEFORE, 'tx_7 0', 'tx_8 2000', 'tx_9 2000']);
  });
});

describe('a read from the beginning that breaks off', () => {
  test('in its second page: the run fails, keeps what is new, and the next brings the rest', async () => {
    const { plaid, item, rig, visits } = await cinemaGoer(4);
    item.recognise(visits);
    item.pay('Netflix', 'NETFLIX.COM', { date: '2026-12-03' });
    item.afterPage = () => plaid.script(SYNC, { kind: 'drop' });
    expect(await rig.run()).toMatchObject({ kind: 'failed', failure: { class: 'TRANSIENT' } });
    expect(charges(rig)).toEqual(['tx_1 1299', 'tx_10 1299', ...BEFORE.slice(1)]);
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 6 } });
    expect(charges(rig)).toEqual(['tx_1 1299', 'tx_10 1299', ...ALL.slice(1)]);
  });

  test('at a rate limit: snoozed, and whole afterwards', async () => {
    const { plaid, item, rig, visits } = await cinemaGoer(4);
    item.recognise(visits);
    item.afterPage = () => plaid.script(SYNC, plaidTroubles.rateLimited());
    expect(await rig.run()).toMatchObject({ kind: 'snoozed', class: 'RATE_LIMITED' });
    expect(await rig.run()).toMatchObject({ kind: 'succeeded' });
    expect(charges(rig)).toEqual(ALL);
  });

  test('at the sink: nothing is taken for written, and the next run writes it', async () => {
    const { plaid, item, rig, visits } = await cinemaGoer(4);
    item.recognise(visits);
    item.afterPage = () => void (rig.sink.fail = new Error('the disk is full'));
    expect(await rig.run()).toMatchObject({ kind: 'failed' });
    rig.sink.fail = undefined;
    await rig.run();
    expect(charges(rig)).toEqual(ALL);
    const already = cursors(plaid).length;
    await rig.run();
    expect(cursors(plaid).length - already).toBe(1);
  });
});

describe('a state that the version before this one has written', () => {
  test('goes on from its cursor, and brings what that version had missed', async () => {
    const { plaid, item, rig, visits } = await cinemaGoer();
    const { v, of, cursor, stored } = rig.state as Record<string, unknown>;
    rig.state = { v, of, cursor, stored };
    item.recognise(visits);
    item.remove('tx_1');
    const already = cursors(plaid).length;
    expect(await rig.run()).toMatchObject({ kind: 'succeeded' });
    expect(cursors(plaid)[already]).toBe(cursor);
    expect(charges(rig)).toEqual(['tx_1 0', ...ALL.slice(1)]);
    await rig.run();
    expect(cursors(plaid).slice(already)).toHaveLength(3);
  });
});

const byKey = (a: { readonly key: string }, b: { readonly key: string }): number => (a.key < b.key ? -1 : 1);
