import { beforeEach, describe, expect, test } from '@jest/globals';
import { Actors, isCommandOutage, type CommandAnswer } from '#lib/application/actors';
import type { BulkFilter } from '#lib/contracts/api';
import { bulkStream } from '#lib/contracts/streams';
import type { BulkChange, BulkState } from '#lib/domain/bulk';
import type { Finding } from '#lib/domain/validation';
import type { ScheduleValidation } from '#lib/application/validation';
import { definition, T0 } from '#lib/domain/testing';
import { MemoryEventStore } from '#lib/event-store/memory';
import { storeUnavailable, type EventStore } from '#lib/event-store/port';
import { storeBut } from '#lib/event-store/testing';
import { stillTime, until } from '#lib/ports/testing';
import { BulkChanges, type BulkFacts } from './index.js';

type Row = ReturnType<BulkFacts['schedules']>['items'][number];

const row = (n: number, more: Partial<Row> = {}): Row => ({
  id: `s${n}`,
  version: 1,
  status: 'active',
  definition: definition(),
  pauseCause: null,
  pauseNote: null,
  pausedUntil: null,
  ...more,
});
const rows = (count: number, more?: Partial<Row>): Row[] =>
  Array.from({ length: count }, (_, n) => row(n, more));
const pause: BulkChange = { action: 'pause' };
const resume: BulkChange = { action: 'resume' };
const all: BulkFilter = { all: true };
const context = { tenant: 'default', actor: 'api:ann', correlation: 'c' };
const keyed = { ...context, idempotency: { key: 'k', fingerprint: 'f' } };

let store: EventStore;
let schedules: readonly Row[];
let asked: unknown[];
let behind: boolean;
let underWay: readonly string[];
let bulk: BulkChanges;
/** What speaks against a definition. */
let judge: (...judged: Parameters<ScheduleValidation['findings']>) => readonly Finding[];

/** Whoever asks, on the log and what there is. */
function open(log: EventStore = store): BulkChanges {
  const environment = stillTime(T0);
  const facts: BulkFacts = {
    schedules(tenant, filter, { limit, cursor = '0' }) {
      asked.push({ tenant, filter });
      const end = Number(cursor) + limit;
      const items = schedules.slice(Number(cursor), end);
      return end < schedules.length ? { items, cursor: String(end) } : { items };
    },
    openBulkChanges: () => underWay,
  };
  return new BulkChanges({
    actors: new Actors({ store: log, environment, capacity: 10, snapshotEvery: 1_000 }),
    environment,
    facts,
    validation: { findings: async (...judged) => judge(...judged) },
    caughtUp: async () => !behind,
  });
}

beforeEach(() => {
  store = new MemoryEventStore();
  schedules = [];
  asked = [];
  behind = false;
  underWay = [];
  judge = () => {
    throw new Error('nobody is to ask');
  };
  bulk = open();
});

const events = async (id: string) => store.readStream(bulkStream(id));
const reasonOf = (answer: CommandAnswer<BulkState>): string | undefined =>
  answer.ok ? undefined : answer.rejection.reason;

describe('given schedules that match', () => {
  test('the plan is written page by page before it is asked for, and tells what is so already or refuses', async () => {
    schedules = [
      ...rows(1_201),
      row(2_000, { status: 'paused', pauseCause: 'request' }),
      row(2_001, { status: 'completed' }),
    ];
    const answer = await bulk.request(
      'b1',
      { filter: { user: 'ann' }, change: pause, expect: 1_201 },
      context,
    );
    expect(answer).toMatchObject({ ok: true, state: { status: 'running' } });
    const written = await events('b1');
    expect(written.map(({ type }) => type)).toEqual([
      'BulkChangePlanned',
      'BulkChangePlanned',
      'BulkChangePlanned',
      'BulkChangeRequested',
    ]);
    const counts = { matched: 1_203, planned: 1_201, unchanged: 1, refused: { schedule_completed: 1 } };
    expect(written[3]?.data).toMatchObject({ ...counts, filter: { user: 'ann' } });
    expect(asked[0]).toEqual({ tenant: 'default', filter: { user: 'ann' } });
  });

  test('what takes it back is remembered of each, and a page of long ones ends before it is too long for the log', async () => {
    const note = 'é'.repeat(250);
    schedules = rows(900, {
      status: 'paused',
      pauseCause: 'auto_pause',
      pauseNote: note,
      pausedUntil: T0 + 1,
    });
    await bulk.request('b1', { filter: all, change: resume }, context);
    const pages = (await events('b1')).filter(({ type }) => type === 'BulkChangePlanned');
    const items = pages.flatMap(({ data }) => (data as { items: object[] }).items);
    expect(items).toHaveLength(900);
    expect(items[899]).toEqual({
      schedule: 's899',
      version: 1,
      inverse: { action: 'pause', cause: 'auto_pause', note, until: T0 + 1 },
    });
    const most = Math.max(...pages.map(({ data }) => Buffer.byteLength(JSON.stringify(data))));
    expect({ pages: pages.length, fits: most < 50_000 }).toEqual({ pages: 12, fits: true });
    // "Every one" is no condition of the list.
    expect(asked[0]).toEqual({ tenant: 'default', filter: {} });
  });

  test('a preview says the same, names some of those that refuse, and writes nothing', async () => {
    schedules = [row(0), ...rows(30, { status: 'completed' })];
    const plan = await bulk.preview({ filter: all, change: pause }, 'default');
    expect(plan).toMatchObject({ matched: 31, refused: { schedule_completed: 30 }, tooMany: false });
    expect(plan.items).toEqual([{ schedule: 's0', version: 1, inverse: { action: 'resume' } }]);
    expect(plan.refusals).toHaveLength(20);
    expect(plan.refusals[0]?.message).toContain('last occurrence');
    expect(await store.head()).toBe(0);
  });
});

describe('given changes of definitions', () => {
  const finding = (severity: Finding['severity'], kind: Finding['kind']): Finding => ({
    severity,
    kind,
    code: 'any',
    field: 'priority',
    message: `is ${kind}`,
  });
  const asked: { filter: BulkFilter; change: BulkChange } = {
    filter: all,
    change: { action: 'update', set: { priority: 'high', recurrence: 'daily' } },
  };

  test('each is judged as it would be, and what is an error of its own keeps it as it is', async () => {
    schedules = [row(0), row(1, { definition: definition({ user: 'ben' }) }), row(2)];
    const recurring: unknown[] = [];
    judge = ({ user, priority }, tenant, change) => {
      recurring.push([priority, tenant, change]);
      const errors = [finding('error', 'quota'), finding('error', 'overlap')];
      return user === 'ben' ? errors : [finding('warning', 'overlap'), finding('error', 'duplicate')];
    };
    const plan = await bulk.preview(asked, 'acme');
    expect(plan.items.map(({ schedule }) => schedule)).toEqual(['s0', 's2']);
    expect(plan.refused).toEqual({ invalid_schedule: 1 });
    expect(plan.refusals).toEqual([
      { schedule: 's1', reason: 'invalid_schedule', message: 'priority: is quota; priority: is overlap' },
    ]);
    expect(recurring[0]).toEqual(['high', 'acme', { schedule: 's0', recurs: true }]);
    await bulk.preview({ ...asked, change: { action: 'update', set: { priority: 'high' } } }, 'acme');
    expect(recurring[3]).toEqual(['high', 'acme', { schedule: 's0', recurs: false }]);
  });

  test('what is so already is not judged', async () => {
    schedules = [row(0, { definition: definition({ priority: 'high' }) })];
    const plan = await bulk.preview(
      { ...asked, change: { action: 'update', set: { priority: 'high' } } },
      'acme',
    );
    expect(plan).toMatchObject({ items: [], unchanged: 1 });
  });
});

describe('given what is not to be done', () => {
  test.each<readonly [string, () => readonly Row[], object, string]>([
    ['more than may be changed at once', () => rows(20_001), {}, 'too_many_schedules'],
    ['another number than was told', () => rows(3), { expect: 2 }, 'other_than_expected'],
    ['nothing that would be changed', () => rows(3, { status: 'completed' }), {}, 'nothing_to_change'],
    ['a pause that is over', () => rows(3), { change: { action: 'pause', until: T0 } }, 'invalid_pause'],
  ])('%s is refused, and nothing is written', async (_, given, more, reason) => {
    schedules = given();
    const request = { filter: all, change: pause, ...more };
    expect(reasonOf(await bulk.request('b1', request, context))).toBe(reason);
    expect(await store.head()).toBe(0);
  });

  test('a pause until an instant that is to come is asked for', async () => {
    schedules = rows(1);
    const change = { action: 'pause', until: T0 + 1 } as const;
    expect(await bulk.request('b1', { filter: all, change }, context)).toMatchObject({ ok: true });
  });

  test('while ten of the tenant are under way no other is begun, and while nine are, one', async () => {
    schedules = rows(1);
    underWay = rows(10).map(({ id }) => id);
    const request = { filter: all, change: pause };
    expect(reasonOf(await bulk.request('b1', request, context))).toBe('too_many_bulk_changes');
    expect(await store.head()).toBe(0);
    underWay = underWay.slice(1);
    expect(await bulk.request('b1', request, context)).toMatchObject({ ok: true });
  });

  test('as many as may be changed are', async () => {
    schedules = rows(20_000);
    const answer = await bulk.request('b1', { filter: all, change: pause, expect: 20_000 }, context);
    expect(answer).toMatchObject({ ok: true });
  });

  test('while reads are behind the log, nobody can tell: it is asked for again', async () => {
    behind = true;
    const request = bulk.request('b1', { filter: all, change: pause }, context);
    expect(isCommandOutage(await request.catch((error: unknown) => error))).toBe(true);
  });
});

describe('given a request that is made again', () => {
  test('under its key it is answered as the first time, whatever there is by now', async () => {
    schedules = rows(2);
    const id = bulk.newId(keyed);
    await bulk.request(id, { filter: all, change: pause }, keyed);
    schedules = [];
    const again = open();
    expect(again.newId(keyed)).toBe(id);
    expect(await again.request(id, { filter: all, change: pause }, keyed)).toMatchObject({
      ok: true,
      repeated: true,
    });
    const other = { ...keyed, idempotency: { key: 'k', fingerprint: 'other' } };
    expect(reasonOf(await again.request(id, { filter: all, change: resume }, other))).toBe(
      'idempotency_key_reused',
    );
  });

  test('after a death in the middle of its plan, that is planned anew', async () => {
    schedules = rows(1_001);
    let appends = 0;
    const dying = storeBut(store, {
      async append(...given) {
        if ((appends += 1) > 2) throw storeUnavailable('it died');
        return store.append(...given);
      },
    });
    void open(dying)
      .request('b1', { filter: all, change: pause }, keyed)
      .catch(() => {});
    await until(() => appends >= 3);
    expect(await bulk.find('b1', 'default')).toBeUndefined();
    schedules = rows(2, { version: 4 });
    await bulk.request('b1', { filter: all, change: pause }, keyed);
    expect(await bulk.find('b1', 'default')).toMatchObject({
      items: [
        { schedule: 's0', version: 4 },
        { schedule: 's1', version: 4 },
      ],
    });
    // Another tenant's is none.
    expect(await bulk.find('b1', 'other')).toBeUndefined();
  });
});
