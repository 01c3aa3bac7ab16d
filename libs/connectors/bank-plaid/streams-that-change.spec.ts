import { afterEach, describe, expect, test } from '@jest/globals';
import { MAX_SYNC_STATE_BYTES } from '#lib/domain/schedule';
import { closeOpened } from '../testing/stand-ins.js';
import { ALL, BEFORE, charges, cinemaGoer, cursors, VISITS } from '../testing/plaid-customer.js';

afterEach(closeOpened);

describe('a stream with charges that the bank calls otherwise', () => {
  const paypal = (name: string, date: string) => [null, name, { date, amount: 20 }] as const;

  test('is seen later: they come, for its merchant, because Plaid lists them', async () => {
    const { item, rig, visits } = await cinemaGoer();
    const named = item.pay(...paypal('PAYPAL CC FILM', '2026-06-05'));
    item.pay(...paypal('PAYPAL BOOKS', '2026-06-06'));
    await rig.run();
    item.recognise([...visits, named]);
    await rig.run();
    expect(charges(rig)).toEqual(['tx_1 1299', 'tx_10 2000', ...ALL.slice(1)]);
    const found = rig.sink.of('charges').find(({ key }) => key === named);
    expect(found?.data).toMatchObject({ provider: 'bank:cinema-club', description: 'PAYPAL CC FILM' });
  });

  test.each([
    ['its latest', '2026-11-19'],
    ['an early one', '2025-01-05'],
  ])('gains %s after that was read: it comes then, in one read from the beginning', async (_, date) => {
    const { plaid, item, rig, visits } = await cinemaGoer();
    const stream = item.recognise(visits);
    await rig.run();
    const named = item.pay(...paypal('PAYPAL CC FILM', date));
    await rig.run();
    expect(charges(rig)).toEqual(ALL);
    const already = cursors(plaid).length;
    item.retell(stream, { transaction_ids: inOrder({ ...VISITS, [named]: date }) });
    await rig.run();
    await rig.run();
    expect(charges(rig)).toEqual(['tx_1 1299', 'tx_10 2000', ...ALL.slice(1)]);
    expect(cursors(plaid).slice(already).filter((cursor) => cursor === undefined)).toHaveLength(1);
  }); // prettier-ignore

  test('gains one and loses two that had been taken back before they were read: it comes', async () => {
    const { item, rig, visits } = await cinemaGoer();
    const takenBack = [item.pay('Cinema Club', 'CINEMA CLUB'), item.pay('Cinema Club', 'CINEMA CLUB')];
    for (const id of takenBack) item.remove(id);
    const stream = item.recognise([...visits, ...takenBack]);
    await rig.run();
    const named = item.pay(...paypal('PAYPAL CC FILM', '2026-11-19'));
    await rig.run();
    item.retell(stream, { transaction_ids: [...visits, named] });
    await rig.run();
    expect(charges(rig)).toContain(`${named} 2000`);
  });

  test('gains what bears its name: that came when it was paid, and nothing is read again', async () => {
    const { plaid, item, rig, visits } = await cinemaGoer();
    const stream = item.recognise(visits);
    await rig.run();
    const already = cursors(plaid).length;
    for (const month of ['2026-11', '2026-12', '2027-01']) {
      visits.push(item.pay('Cinema Club', 'CINEMA CLUB 4711', { date: `${month}-05`, amount: 20 }));
      await rig.run();
      item.retell(stream, { transaction_ids: [...visits] });
      await rig.run();
    }
    expect(rig.sink.of('charges')).toHaveLength(9);
    expect(cursors(plaid).slice(already)).not.toContain(undefined);
  });
});

describe('a stream', () => {
  test('that ends: its charges stay, and nothing is read again', async () => {
    const { plaid, item, rig, visits } = await cinemaGoer();
    const stream = item.recognise(visits);
    await rig.run();
    const already = cursors(plaid).length;
    item.retell(stream, { is_active: false, status: 'TOMBSTONED' });
    await rig.run();
    item.retell(stream, undefined);
    await rig.run();
    expect(charges(rig)).toEqual(ALL);
    expect(cursors(plaid).slice(already)).not.toContain(undefined);
  });

  test('that is gone for a while: what was paid meanwhile comes with its return', async () => {
    const { item, rig, visits } = await cinemaGoer();
    const stream = item.recognise(visits);
    await rig.run();
    item.retell(stream, undefined);
    const meanwhile = item.pay('Cinema Club', 'CINEMA CLUB 4711', { date: '2026-11-05', amount: 20 });
    await rig.run();
    expect(charges(rig)).toEqual(ALL);
    item.recognise([...visits, meanwhile]);
    await rig.run();
    expect(charges(rig)).toEqual(['tx_1 1299', 'tx_10 2000', ...ALL.slice(1)]);
  });

  test('that is gone: a charge of it that is corrected or taken back is so here, and stays its merchant’s', async () => {
    const { item, rig, visits } = await cinemaGoer();
    const paid = item.pay(null, 'PAYPAL FILMS', { amount: 12, date: '2026-06-05' });
    const stream = item.recognise([...visits, paid]);
    await rig.run();
    item.retell(stream, undefined);
    item.modify(paid, { amount: 13 });
    item.remove('tx_8');
    await rig.run();
    expect(charges(rig)).toEqual([
      'tx_1 1299',
      'tx_10 1300',
      ...BEFORE.slice(1),
      'tx_7 2000',
      'tx_8 0',
      'tx_9 2000',
    ]);
    const found = rig.sink.of('charges').find(({ key }) => key === paid);
    expect(found?.data).toMatchObject({ provider: 'bank:cinema-club', merchant: 'Cinema Club' });
  });

  test('that loses its oldest, in an account with more charges than are remembered: nothing is read again', async () => {
    const { plaid, item, rig, visits } = await cinemaGoer();
    const stream = item.recognise(visits);
    for (let n = 0; n < 450; n++) item.pay('Netflix', 'NETFLIX.COM');
    await rig.run('full_sync');
    const already = cursors(plaid).length;
    for (const left of [visits.slice(1), visits.slice(2)]) {
      item.retell(stream, { transaction_ids: left });
      await rig.run();
    }
    expect(cursors(plaid).slice(already)).not.toContain(undefined);
    const named = item.pay(null, 'PAYPAL FILMS');
    await rig.run();
    item.retell(stream, { transaction_ids: [...visits.slice(2), named] });
    await rig.run();
    expect(charges(rig)).toContain(`${named} 1299`);
  });

  test.each([300, 1_200])('that comes to %i others: a state within bounds, one read from the beginning', async (others) => {
    const { plaid, item, rig, visits } = await cinemaGoer();
    for (let n = 0; n < others; n++) {
      const name = `Club ${letters(n)}`;
      item.recognise([item.pay(name, name.toUpperCase()), item.pay(name, name.toUpperCase())]);
    }
    await rig.run('full_sync');
    const already = cursors(plaid).length;
    await rig.run();
    expect(cursors(plaid).slice(already)).not.toContain(undefined);
    item.recognise(visits);
    for (let run = 0; run < 3; run++) {
      expect(await rig.run()).toMatchObject({ kind: 'succeeded' });
      expect(Buffer.byteLength(JSON.stringify(rig.state))).toBeLessThan(MAX_SYNC_STATE_BYTES);
    }
    expect(charges(rig)).toEqual(expect.arrayContaining([...ALL]));
    expect(rig.sink.of('charges')).toHaveLength(ALL.length + 2 * others);
    expect(cursors(plaid).slice(already).filter((cursor) => cursor === undefined)).toHaveLength(1);
  }); // prettier-ignore
});

const inOrder = (dates: Readonly<Record<string, string>>): readonly string[] =>
  Object.keys(dates).sort((a, b) => ((dates[a] ?? '') < (dates[b] ?? '') ? -1 : 1));
/** Digits would be taken for the number of a branch. */
const letters = (n: number): string => String(n).replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)] ?? '');
