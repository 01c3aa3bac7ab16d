import { afterEach, describe, expect, test } from '@jest/globals';
import { DAY } from '#lib/domain/kernel';
import { connectorConformance } from '../kit/testing/index.js';
import { RecordingContext } from '../testing/index.js';
import { KEY, organization } from '../testing/openai-organization.js';
import { openaiPaths, openaiTroubles, type OpenaiStandIn } from '../testing/openai-stand-in.js';
import { closeOpened, owner } from '../testing/stand-ins.js';
import { openaiOrgCosts } from './index.js';

const starts = (openai: OpenaiStandIn, path: string = openaiPaths.costs) =>
  openai.asked(path).map(({ query }) => [query['start_time']?.[0], query['page']?.[0]]);
const second = (day: string): string => String(Date.parse(day) / 1000);

afterEach(closeOpened);

describe('an organization that spends every day', () => {
  test('first, idle and grown: reads all, then nothing, then what is new', async () => {
    const { openai, rig, clock, charge } = await organization();
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 20, rejected: 0 } });
    expect(charge('2026-11-20')).toMatchObject({
      currency: 'USD',
      period_end: '2026-11-21',
      charge_ref: expect.any(String),
    });
    expect(rig.sink.of('usage')).toHaveLength(10);
    expect(rig.sink.of('usage').find((record) => record.key.startsWith('2026-11-20'))?.data).toMatchObject({
      kind: 'api_tokens', item: 'demo-model-large', occurred_at: '2026-11-20', amount: 1_200, unit: 'tokens', requests: 3,
    }); // prettier-ignore
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 0 } });
    clock.move(DAY);
    openai.books.spend('2026-11-21', { value: '4.2' });
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 1 } });
    expect(charge('2026-11-21')).toMatchObject({ amount_minor: 420, amount_exact: '4.2' });
  });

  test('read incrementally: asks from three days back; in full: from the first day, and says all again', async () => {
    const { openai, rig } = await organization();
    await rig.run();
    await rig.run();
    expect(await rig.run('full_sync')).toMatchObject({ kind: 'succeeded', counts: { read: 20 } });
    const [first, lag] = [second('2026-11-11'), second('2026-11-17')];
    expect(starts(openai)).toEqual([[first, undefined], [lag, undefined], [first, undefined]]); // prettier-ignore
    expect(rig.sink.of('charges')).toHaveLength(10);
  });

  test('with a late cost within the lag: the charge is updated; before it: left as it was', async () => {
    const { openai, rig, charge } = await organization();
    await rig.run();
    const before = charge('2026-11-16');
    openai.books.spend('2026-11-18', { value: '9.995' });
    openai.books.spend('2026-11-16', { value: '77' });
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 1 } });
    expect(charge('2026-11-18')).toMatchObject({ amount_minor: 1000, amount_exact: '9.995' });
    expect(charge('2026-11-16')).toEqual(before);
    expect(rig.sink.of('charges')).toHaveLength(10);
  });

  test('split by project and line item: lists go as repeated parameters, parts are charges', async () => {
    const { openai, rig } = await organization({
      groupBy: ['project_id', 'line_item'],
      projects: ['proj_demo0', 'proj_demo1'],
    });
    await rig.run();
    expect(openai.requests[0]?.query).toMatchObject({ group_by: ['project_id', 'line_item'], project_ids: ['proj_demo0', 'proj_demo1'], bucket_width: ['1d'] }); // prettier-ignore
    expect(openai.asked(openaiPaths.completions)[0]?.query['group_by']).toEqual(['project_id', 'model']);
    expect(rig.sink.of('charges')).toHaveLength(30);
    expect(rig.sink.of('charges').map(({ data }) => data['description'])).toContain(
      'demo-model-small, input',
    );
  });

  test('without a first day set: the last 180 days', async () => {
    const { openai, rig } = await organization({ since: undefined, usage: false });
    await rig.run();
    expect(starts(openai)).toEqual([[second('2026-05-25'), undefined]]);
    expect(openai.asked(openaiPaths.completions)).toEqual([]);
  });

  test('with settings changed: the cursor is not used, everything is read', async () => {
    const { rig } = await organization();
    await rig.run();
    rig.state = { ...rig.state, of: 'other settings' };
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 20 } });
    rig.state = { v: 99 };
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 20 } });
  });

  test('idle for weeks: goes on where it was, without a gap', async () => {
    const { openai, rig, clock } = await organization();
    await rig.run();
    clock.move(30 * DAY);
    openai.books.live('2026-12-20', 40);
    await rig.run();
    expect(rig.sink.of('charges')).toHaveLength(40);
  });
});

describe('three pages of costs', () => {
  test('a crash after the second: the next run begins with the third, without gap or duplicate', async () => {
    const { openai, rig } = await organization({ since: '2026-10-01', usage: false }, 51, 20);
    openai.script(openaiPaths.costs, { kind: 'drop' }, { skip: 2 });
    expect(await rig.run()).toMatchObject({
      kind: 'failed',
      failure: { class: 'TRANSIENT' },
      counts: { read: 40 },
    });
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 11 } });
    const october = second('2026-10-01');
    expect(starts(openai)).toEqual([
      [october, undefined],
      [october, `page_${second('2026-10-21')}`],
      [october, `page_${second('2026-11-10')}`],
      [second('2026-11-10'), undefined],
    ]);
    const days = rig.sink.of('charges').map(({ data }) => data['occurred_on']);
    expect(new Set(days).size).toBe(51);
    expect(rig.sink.records.size).toBe(51);
  });

  test('killed while the second is stored: what had no checkpoint is read again, by the same keys', async () => {
    const { rig } = await organization({ since: '2026-10-01', usage: false }, 51, 20);
    let states = 0;
    const dying = new RecordingContext(() => {
      if (++states === 2) throw new Error('the process died');
    });
    await rig.run('incremental_sync', {}, dying);
    rig.state = dying.checkpoints[0]?.state;
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 31 } });
    expect(rig.sink.records.size).toBe(51);
  });

  test('a crash in the middle of usage: costs are not said again', async () => {
    const { openai, rig } = await organization({ since: '2026-10-01' }, 51, 20);
    openai.script(openaiPaths.completions, openaiTroubles.overloaded(), { skip: 1 });
    expect(await rig.run()).toMatchObject({ kind: 'failed', counts: { read: 71 } });
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 31 } });
    expect(rig.sink.records.size).toBe(102);
  });

  test.each([
    ['naming it', { param: 'page' }],
    ['naming nothing', {}],
  ])('a page that has expired, %s: TRANSIENT, and the next attempt asks anew', async (_, more) => {
    const { openai, rig } = await organization({ since: '2026-10-01', usage: false }, 51, 20);
    const invalid = openaiTroubles.of(400, 'Invalid page', more);
    openai.script(openaiPaths.costs, invalid, { skip: 1 });
    expect(await rig.run()).toMatchObject({ kind: 'failed', failure: { class: 'TRANSIENT' } });
    expect(await rig.run()).toMatchObject({ kind: 'succeeded' });
    expect(rig.sink.of('charges')).toHaveLength(51);
  });
});

test('held against the contract: nothing is missing', async () => {
  const { rig } = await organization();
  const stranger = { owner: { ...owner, tenant: 'other' } };
  const missing = await connectorConformance(openaiOrgCosts, {
    good: (overrides) => rig.context(overrides),
    broken: [
      {
        name: 'settings that we do not know',
        class: 'CONFIG',
        context: (overrides) => rig.context({ ...overrides, config: { groupBy: ['user'] } }),
      },
      {
        name: 'no key',
        class: 'AUTH_REVOKED',
        context: (overrides) => rig.context({ ...overrides, ...stranger }),
      },
    ],
    canaries: [KEY, 'canary'],
  });
  expect(missing).toEqual([]);
});
