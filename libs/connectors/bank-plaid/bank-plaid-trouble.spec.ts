import { afterEach, describe, expect, test } from '@jest/globals';
import type { Trouble } from '../testing/index.js';
import { closeOpened } from '../testing/stand-ins.js';
import { cursors, customer, SYNC } from '../testing/plaid-customer.js';
import { plaidKeys, plaidTroubles } from '../testing/plaid-stand-in.js';

const RECURRING = '/transactions/recurring/get';

afterEach(closeOpened);

describe('paging', () => {
  test('data that changes after page 1: begins again from the first cursor, and keeps nothing of the first try', async () => {
    const { plaid, item, rig } = await customer({}, 2);
    item.afterPage = () => item.remove('tx_1');
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 4 } });
    expect(rig.sink.of('charges').map(({ key }) => key)).toEqual(['tx_3', 'tx_6']);
    expect(cursors(plaid).slice(0, 3)).toEqual([undefined, expect.any(String), undefined]);
  });

  test('the same in an incremental read: again from the stored cursor, not from the beginning', async () => {
    const { plaid, item, rig } = await customer({}, 2);
    await rig.run();
    const stored = (rig.state as { cursor: string }).cursor;
    const already = cursors(plaid).length;
    for (let month = 1; month <= 4; month++) item.pay('Netflix', `NETFLIX ${month}`);
    item.afterPage = () => item.pay('Netflix', 'NETFLIX 5');
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 7 } });
    expect(cursors(plaid).slice(already).filter((cursor) => cursor === stored)).toHaveLength(2); // prettier-ignore
  });

  test('data that never stands still: given up as TRANSIENT, with the old cursor kept', async () => {
    const { item, rig } = await customer({}, 2);
    const churn = (): void => {
      item.pay(null, 'SUPERMARKET');
      item.afterPage = churn;
    };
    item.afterPage = churn;
    expect(await rig.run()).toMatchObject({
      kind: 'failed',
      failure: { class: 'TRANSIENT', code: 'mutating' },
    });
    expect(rig.state).toBeUndefined();
    item.afterPage = undefined;
    expect(await rig.run()).toMatchObject({ kind: 'succeeded' });
  });

  test('trouble in page 2: no cursor is stored, and the next run is whole', async () => {
    const { plaid, item, rig } = await customer({}, 2);
    item.afterPage = () => plaid.script(SYNC, { kind: 'drop' });
    expect(await rig.run()).toMatchObject({ kind: 'failed', failure: { class: 'TRANSIENT' } });
    expect(rig.state).toBeUndefined();
    await rig.run();
    expect(rig.sink.of('charges')).toHaveLength(3);
  });

  test.each<[string, object]>([
    ['of an unknown version', { v: 99 }],
    ['of another Item', { v: 1, of: '', cursor: 'other:3:3', stored: [] }],
    ['of other settings', { v: 1, of: 'other', cursor: 'c', stored: [] }],
  ])('a cursor %s: reads in full within the same attempt', async (_, state) => {
    const { rig } = await customer();
    await rig.run();
    const of = 'v' in state && state.v === 1 && 'of' in state && state.of === '' ? (rig.state as { of: string }).of : undefined; // prettier-ignore
    rig.state = of === undefined ? state : { ...state, of };
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', state: { v: 1 } });
    expect(rig.sink.of('charges')).toHaveLength(3);
  });

  test('more without saying where: SCHEMA_DRIFT, not an endless loop', async () => {
    const { plaid, rig } = await customer();
    const body = { added: [], modified: [], removed: [], next_cursor: 'same', has_more: true };
    plaid.script(SYNC, { kind: 'status', status: 200, body }, 5);
    expect(await rig.run()).toMatchObject({ kind: 'failed', failure: { class: 'SCHEMA_DRIFT' } });
    expect(plaid.count(SYNC)).toBe(2);
  });
});

describe('a bank link', () => {
  test('that needs a new login: AUTH_REVOKED with what to do, and no call after it', async () => {
    const { plaid, item, rig } = await customer();
    item.loginRequired = true;
    expect(await rig.run()).toMatchObject({
      kind: 'failed',
      failure: { class: 'AUTH_REVOKED', message: expect.stringContaining('connect the bank once more') },
    });
    expect(plaid.requests.map(({ path }) => path)).toEqual([RECURRING]);
  });

  test('made a moment ago: snoozed until Plaid has the transactions', async () => {
    const { item, rig } = await customer();
    item.ready = false;
    expect(await rig.run()).toMatchObject({ kind: 'snoozed', class: 'DATA_NOT_READY', delayMs: 300_000 });
    expect(rig.state).toBeUndefined();
    item.ready = true;
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 5 } });
  });

  test.each<[string, Trouble, object]>([
    ['PRODUCT_NOT_READY', plaidTroubles.productNotReady(), { kind: 'snoozed', class: 'DATA_NOT_READY', delayMs: 300_000 }],
    ['a rate limit', plaidTroubles.rateLimited(), { kind: 'snoozed', class: 'RATE_LIMITED', delayMs: 60_000 }],
    ['a rate limit told by code', plaidTroubles.of('ITEM_ERROR_X', 'RATE_LIMIT_EXCEEDED'), { kind: 'snoozed', class: 'RATE_LIMITED' }],
    ['INSTITUTION_DOWN', plaidTroubles.institutionDown(), { failure: { class: 'TRANSIENT', retryAfterMs: 600_000 } }],
    ['INSTITUTION_NOT_RESPONDING', plaidTroubles.of('INSTITUTION_ERROR', 'INSTITUTION_NOT_RESPONDING'), { failure: { class: 'TRANSIENT' } }],
    ['API_ERROR', plaidTroubles.of('API_ERROR', 'INTERNAL_SERVER_ERROR', 500), { failure: { class: 'TRANSIENT' } }],
    ['API_ERROR with 400', plaidTroubles.of('API_ERROR', 'INTERNAL_SERVER_ERROR'), { failure: { class: 'TRANSIENT' } }],
    ['another ITEM_ERROR', plaidTroubles.of('ITEM_ERROR', 'SOMETHING_NEW'), { failure: { class: 'AUTH_REVOKED' } }],
    ['ADDITIONAL_CONSENT_REQUIRED', plaidTroubles.of('INVALID_INPUT', 'ADDITIONAL_CONSENT_REQUIRED'), { failure: { class: 'PERMISSION' } }],
    ['INVALID_API_KEYS', plaidTroubles.of('INVALID_INPUT', 'INVALID_API_KEYS'), { failure: { class: 'CONFIG' } }],
    ['INVALID_ACCESS_TOKEN', plaidTroubles.of('INVALID_INPUT', 'INVALID_ACCESS_TOKEN'), { failure: { class: 'AUTH_REVOKED' } }],
    ['an unknown INVALID_REQUEST', plaidTroubles.of('INVALID_REQUEST', 'MISSING_FIELDS'), { failure: { class: 'CONFIG' } }],
    ['JSON of another shape', { kind: 'status', status: 200, body: { added: [{ id: 1 }] } }, { failure: { class: 'SCHEMA_DRIFT' } }],
    ['a 500 of a proxy', { kind: 'status', status: 500, body: 'upstream error' }, { failure: { class: 'TRANSIENT' } }],
    ['an HTML page with 502', { kind: 'status', status: 502, body: '<!doctype html>' }, { failure: { class: 'TRANSIENT' } }],
    ['a 403 in plain text', { kind: 'status', status: 403, body: 'Forbidden' }, { failure: { class: 'INTERNAL' } }],
    ['a dropped connection', { kind: 'drop' }, { failure: { class: 'TRANSIENT' } }],
    ['a truncated body', { kind: 'truncate' }, { failure: { class: 'TRANSIENT' } }],
    ['a body that stalls', { kind: 'stall' }, { failure: { class: 'TRANSIENT' } }],
  ])('answered with %s: its own outcome, keeping what was read', async (_, trouble, expected) => {
    const { plaid, rig } = await customer();
    plaid.script(SYNC, trouble);
    expect(await rig.run()).toMatchObject(expected);
    expect(rig.sink.of('subscriptions')).toHaveLength(2);
    expect(rig.state).toBeUndefined();
  }); // prettier-ignore

  test('that echoes our credentials: no message, state or record holds them', async () => {
    const { plaid, item, rig } = await customer();
    const echo = { error_message: `${item.accessToken} ${plaidKeys.secret} ${plaidKeys.client_id}` };
    for (const status of [400, 429, 500]) {
      plaid.script(SYNC, { kind: 'status', status, body: echo });
      const said = JSON.stringify([await rig.run(), rig.state, [...rig.sink.records]]);
      for (const canary of [item.accessToken, ...Object.values(plaidKeys)])
        expect(said).not.toContain(canary);
    }
  });
});
