import { afterEach, describe, expect, test } from '@jest/globals';
import { SECOND } from '#lib/domain/kernel';
import type { OperationType } from '#lib/domain/schedule';
import { closeOpened, owner } from '../testing/stand-ins.js';
import { BEFORE, charges, cinemaGoer, cursors, customer } from '../testing/plaid-customer.js';
import type { PlaidItem } from '../testing/plaid-items.js';
import { plaidKeys } from '../testing/plaid-stand-in.js';
import type { Rig } from '../testing/index.js';

afterEach(closeOpened);

const RECURRING = '/transactions/recurring/get';

const later = (rig: Rig, operation: OperationType = 'incremental_sync') => {
  rig.clock.move(SECOND);
  return rig.run(operation);
};
const streams = (rig: Rig): readonly string[] => rig.sink.of('subscriptions').map(({ key }) => key);

/** The same bank under a new link: Plaid gives all of it new ids. What was paid in March 2025 is before its window. `card`: when something was paid from a second account. */
async function relinked(card: readonly string[] = []) {
  const all = await customer();
  all.item.pay('Netflix', 'NETFLIX.COM', { date: '2025-03-03' });
  for (const date of card) all.item.pay('Netflix', 'NETFLIX.COM', { account_id: 'acc_card', date });
  await all.rig.run();
  const link = async () => {
    const item = all.plaid.addItem();
    item.recur('Netflix', 'NETFLIX.COM', { account_id: 'acc_new', stream_id: 'st_new' });
    const stored = await all.vault.read(owner);
    await all.vault.write(owner, { ...plaidKeys, access_token: item.accessToken }, stored?.version ?? 0);
    return item;
  };
  const again = await link();
  const paid = (id: string, date: string, account = 'acc_new'): unknown =>
    again.pay('Netflix', 'NETFLIX.COM', { transaction_id: id, account_id: account, date });
  return { ...all, link, again, paid };
}

describe('a bank that is linked anew', () => {
  test.each<OperationType>(['incremental_sync', 'full_sync'])('read by %s: each payment and subscription once, and those from before its window stay', async (operation) => {
    const { plaid, rig, paid } = await relinked();
    paid('new_0', '2026-10-03');
    paid('new_1', '2026-11-03');
    const already = cursors(plaid).length;
    expect(await later(rig, operation)).toMatchObject({ kind: 'succeeded' });
    expect(charges(rig)).toEqual(['new_0 1299', 'new_1 1299', 'tx_7 1299']);
    expect(streams(rig)).toEqual(['acc_new|st_new']);
    expect(cursors(plaid).slice(already)).toEqual([undefined]);
  }); // prettier-ignore

  test('by a state that does not name its Item: the same, once Plaid refuses the cursor', async () => {
    const { rig, paid } = await relinked();
    paid('new_1', '2026-11-03');
    const { item: _, ...before } = rig.state as Record<string, unknown>;
    rig.state = before;
    expect(await later(rig)).toMatchObject({ kind: 'succeeded' });
    expect(charges(rig)).toEqual(['new_1 1299', 'tx_7 1299']);
  });

  test('whose history Plaid still fetches: nothing is gone before that is told', async () => {
    const { again, rig, paid } = await relinked();
    again.status = 'INITIAL_UPDATE_COMPLETE';
    paid('new_1', '2026-11-03');
    await later(rig);
    expect(charges(rig)).toEqual(['new_1 1299', ...BEFORE, 'tx_7 1299']);
    expect(streams(rig)).toContain('acc_demo|st_1');
    paid('new_0', '2025-03-03');
    again.status = 'HISTORICAL_UPDATE_COMPLETE';
    await later(rig);
    expect(charges(rig)).toEqual(['new_0 1299', 'new_1 1299']);
    expect(streams(rig)).toEqual(['acc_new|st_new']);
    expect(rig.state).not.toHaveProperty('due');
  });

  const ways: readonly [string, (again: PlaidItem, rig: Rig) => void][] = [
    ['at once', () => undefined],
    ['bit by bit', (again) => void (again.status = 'INITIAL_UPDATE_COMPLETE')],
    ['after a version that kept no days of accounts', (_, rig) => void Reflect.deleteProperty(rig.state ?? {}, 'days')],
  ]; // prettier-ignore
  test.each(ways)('told %s, of whose accounts one reaches back less than it did: what that one does not tell any more stays', async (_, tell) => {
    const { again, rig, paid } = await relinked(['2025-06-03', '2026-10-01']);
    tell(again, rig);
    paid('new_1', '2026-11-03');
    paid('new_2', '2026-10-05', 'acc_new_card');
    if (again.status !== 'HISTORICAL_UPDATE_COMPLETE') await later(rig);
    paid('new_0', '2025-05-03');
    again.status = 'HISTORICAL_UPDATE_COMPLETE';
    for (const operation of ['incremental_sync', 'full_sync'] as const) {
      await later(rig, operation);
      expect(charges(rig)).toEqual(['new_0 1299', 'new_1 1299', 'new_2 1299', 'tx_7 1299', 'tx_8 1299', 'tx_9 1299']);
    }
  }); // prettier-ignore

  test('of whose accounts one is as young as it was: what was paid from the other is there once', async () => {
    const { rig, paid } = await relinked(['2026-11-04']);
    paid('new_1', '2026-11-03');
    paid('new_2', '2026-11-04', 'acc_new_card');
    await later(rig);
    expect(charges(rig)).toEqual(['new_1 1299', 'new_2 1299', 'tx_7 1299']);
  });

  test('twice, whose account lost days the first time: they stay the second time too', async () => {
    const { link, rig, paid } = await relinked(['2025-06-03']);
    paid('new_1', '2025-05-03');
    paid('new_2', '2026-10-05', 'acc_new_card');
    await later(rig);
    const third = await link();
    third.pay('Netflix', 'NETFLIX.COM', {
      transaction_id: 'last_1',
      account_id: 'acc_a',
      date: '2025-05-04',
    });
    third.pay('Netflix', 'NETFLIX.COM', {
      transaction_id: 'last_2',
      account_id: 'acc_b',
      date: '2026-10-05',
    });
    await later(rig);
    expect(charges(rig)).toEqual(['last_1 1299', 'last_2 1299', 'new_1 1299', 'tx_7 1299', 'tx_8 1299']);
  });

  test('with a date that cannot be: what is older than Plaid keeps stays', async () => {
    const { item, rig } = await customer();
    item.pay('Netflix', 'NETFLIX.COM', { date: '2024-06-03' });
    await rig.run();
    item.remove('tx_7');
    item.tellsWhatWent = false;
    item.pay(null, 'SUPERMARKET', { date: '1970-01-01' });
    await later(rig, 'full_sync');
    expect(charges(rig)).toEqual([...BEFORE, 'tx_7 1299']);
  });
});

describe('a charge that the bank took back', () => {
  const GONE = BEFORE.slice(1);
  const ways: readonly [string, (item: PlaidItem) => void][] = [
    ['Plaid tells what went', () => undefined],
    ['Plaid tells what there is', (item) => void (item.tellsWhatWent = false)],
  ];

  test.each(ways)('between two full syncs, where %s: counts no more', async (_, tell) => {
    const { item, rig } = await customer();
    tell(item);
    await rig.run('full_sync');
    item.remove('tx_1');
    await later(rig, 'full_sync');
    expect(counted(rig)).toEqual(GONE);
  });

  test.each(ways)('before the settings changed, where %s: counts no more', async (_, tell) => {
    const config = { merchants: [] as object[] };
    const { item, rig } = await customer(config);
    tell(item);
    await rig.run();
    item.remove('tx_1');
    config.merchants.push({ contains: 'fitworld', provider: 'fitworld' });
    await later(rig);
    expect(counted(rig)).toEqual(GONE);
    expect(rig.sink.records.get('charges tx_3')?.data['provider']).toBe('fitworld');
  });

  test('that was the first of all: counts no more', async () => {
    const { item, rig } = await customer();
    item.pay('Netflix', 'NETFLIX.COM', { date: '2026-10-03' });
    await rig.run();
    item.tellsWhatWent = false;
    item.remove('tx_7');
    await later(rig, 'full_sync');
    expect(counted(rig)).toEqual(BEFORE);
  });

  test('before its cursor was refused: counts no more', async () => {
    const { item, rig } = await customer();
    item.tellsWhatWent = false;
    await rig.run();
    item.remove('tx_1');
    rig.state = { ...rig.state, cursor: 'other:3:3' };
    await later(rig);
    expect(counted(rig)).toEqual(GONE);
  });

  test.each<OperationType>(['incremental_sync', 'full_sync'])('from before the last 400, told by %s: counts no more', async (operation) => {
    const { item, rig } = await customer();
    for (let n = 0; n < 405; n++) item.pay('Netflix', 'NETFLIX.COM', { transaction_id: `n${n}` });
    await rig.run();
    item.tellsWhatWent = false;
    item.remove('n0');
    await later(rig, operation);
    expect(rig.sink.of('charges')).toHaveLength(BEFORE.length + 404);
    expect(rig.sink.records.has('charges n0')).toBe(false);
  }); // prettier-ignore
});

describe('a stream that Plaid does not tell any more', () => {
  test.each<OperationType>(['incremental_sync', 'full_sync'])('by %s: is gone, and what was paid stays', async (operation) => {
    const { item, rig, visits } = await cinemaGoer();
    const stream = item.recognise(visits);
    await later(rig);
    const all = charges(rig);
    item.retell(stream, undefined);
    for (let run = 0; run < 2; run++) await later(rig, operation);
    expect(streams(rig)).toEqual(['acc_demo|st_1', 'acc_demo|st_2']);
    expect(charges(rig)).toEqual(all);
  }); // prettier-ignore

  test('because it has not looked yet: stays', async () => {
    const { plaid, rig } = await customer();
    await rig.run();
    const body = { inflow_streams: [], outflow_streams: [], updated_datetime: null };
    plaid.script(RECURRING, { kind: 'status', status: 200, body });
    await later(rig);
    expect(streams(rig)).toHaveLength(2);
  });

  test('because its account is not to be read any more: is gone with its charges', async () => {
    const config: { accounts?: string[] } = {};
    const { item, rig } = await customer(config);
    item.recur('Netflix', 'NETFLIX.COM', { account_id: 'acc_other' });
    item.pay('Netflix', 'NETFLIX.COM', { account_id: 'acc_other' });
    await rig.run();
    config.accounts = ['acc_demo'];
    await later(rig);
    expect(streams(rig)).toEqual(['acc_demo|st_1', 'acc_demo|st_2']);
    expect(charges(rig)).toEqual(BEFORE);
  });

  test('as living, because it ended: has no next date', async () => {
    const { item, rig } = await customer();
    await rig.run();
    item.retell('st_1', { is_active: false, status: 'TOMBSTONED' });
    await later(rig);
    expect(rig.sink.records.get('subscriptions acc_demo|st_1')?.data).toMatchObject({
      status: 'expired',
      renews_on: null,
    });
  });
});

const counted = (rig: Rig): readonly string[] => charges(rig).filter((charge) => !charge.endsWith(' 0'));
