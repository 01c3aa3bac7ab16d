import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Actors, connectionAggregate, isCommandOutage, scheduleAggregate } from '#lib/application/actors';
import { connectionStream, scheduleStream } from '#lib/contracts/streams';
import { HOUR, MINUTE } from '#lib/domain/kernel';
import { definition, T0 } from '#lib/domain/testing';
import { MemoryEventStore } from '#lib/event-store/memory';
import { storeUnavailable, type EventStore } from '#lib/event-store/port';
import { openSqliteEventStore } from '#lib/event-store/sqlite';
import type { Environment } from '#lib/ports';
import { ScheduleCreation, type Creation, type CreationAnswer } from './index.js';

const context = { tenant: 'default', actor: 'api:test', correlation: 'c-1' };
const keyed = (key: string, fingerprint = 'f1') => ({ ...context, idempotency: { key, fingerprint } });

let ids = 0;

/** Time stands where it is put; pauses are over at once. */
class World implements Environment {
  now = T0 + HOUR / 2;
  readonly clock = { now: () => this.now, monotonic: () => 0 };
  readonly timers = {
    after: (_: number, callback: () => void) => {
      setImmediate(callback);
      return () => {};
    },
    soon: (callback: () => void) => void setImmediate(callback),
  };
  readonly random = { fraction: () => 0.5 };
  readonly ids = {
    next: () => `00000000-0000-4000-8000-${String((ids += 1)).padStart(12, '0')}`,
  };
}

/** A process of its own on a store that others may use too. */
function start(store: EventStore, world = new World(), shared = false) {
  const actors = new Actors({ store, environment: world, capacity: 10_000, snapshotEvery: 100, shared });
  return { actors, creation: new ScheduleCreation(actors, world) };
}
type Node = ReturnType<typeof start>;

const many = ({ creation }: Node, connections: readonly string[], as = context) =>
  creation.createMany(itemsOf(creation, connections, as), as);

const itemsOf = (
  creation: ScheduleCreation,
  connections: readonly string[],
  as: typeof context,
): Creation[] =>
  creation
    .scheduleIds(as, connections.length)
    .map((id, at) => ({ id, definition: definition({ connection: connections[at]! }) }));

const said = (answers: readonly CreationAnswer[]): readonly string[] =>
  answers.map((answer) => {
    if ('outage' in answer) return answer.outage.code;
    return answer.ok ? (answer.repeated ? 'repeated' : 'created') : answer.rejection.reason;
  });

const numbered = (count: number): string[] => Array.from({ length: count }, (_, n) => `c-${n}`);
const typesOf = async (store: EventStore): Promise<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const { type } of await store.readAll(0, 100_000)) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
};
/** The schedules that a connection's claims name. */
const claimsOf = async (node: Node, connection: string): Promise<readonly string[]> =>
  (await node.actors.read(connectionAggregate, connectionStream('default', connection))).state.claims.map(
    ({ schedule }) => schedule,
  );

describe('a batch', () => {
  test('of good ones is created whole, each with its claim, answered in order', async () => {
    const store = new MemoryEventStore();
    const node = start(store);
    const items = itemsOf(node.creation, numbered(600), context);
    const answers = await node.creation.createMany(items, context);
    expect(answers.map((answer) => answer.ok && answer.state.status !== 'absent' && answer.state.id)).toEqual(
      items.map(({ id }) => id),
    );
    expect(await typesOf(store)).toEqual({ ScheduleClaimed: 600, ScheduleCreated: 600 });
    expect(await claimsOf(node, 'c-599')).toEqual([items[599]!.id]);
  });

  test('with bad ones among them stops only those, as single creations would', async () => {
    const store = new MemoryEventStore();
    const node = start(store);
    await many(node, ['taken']);
    const suspend = { type: 'SuspendConnection', cause: 'request', message: 'on request' } as const;
    await node.actors.execute(connectionAggregate, connectionStream('default', 'away'), suspend, context);
    const answers = await many(start(store), ['a', 'taken', 'away', 'b']);
    expect(said(answers)).toEqual(['created', 'duplicate_schedule', 'connection_suspended', 'created']);
    expect(await typesOf(store)).toMatchObject({ ScheduleCreated: 3, ConflictDetected: 1 });
  });

  test('that claims a connection twice gives it to the first; another operation is no duplicate', async () => {
    const store = new MemoryEventStore();
    const node = start(store);
    const items = itemsOf(node.creation, ['a', 'a', 'a', 'b'], context);
    items[2] = { ...items[2]!, definition: definition({ connection: 'a', operation: 'full_sync' }) };
    expect(said(await node.creation.createMany(items, context))).toEqual([
      'created',
      'duplicate_schedule',
      'created',
      'created',
    ]);
    expect(await claimsOf(node, 'a')).toEqual([items[0]!.id, items[2].id]);
  });

  test('of connections that are known already, in memory or not, is created as well', async () => {
    const store = new MemoryEventStore();
    const node = start(store);
    const register = { type: 'RegisterConnection', user: 'user-1', provider: 'spotify' } as const;
    for (const id of numbered(20))
      await node.actors.execute(
        connectionAggregate,
        connectionStream('default', id),
        { ...register, id },
        context,
      );
    expect(said(await many(node, numbered(10)))).toEqual(Array(10).fill('created'));
    expect(said(await many(start(store), numbered(20)))).toEqual([
      ...Array(10).fill('duplicate_schedule'),
      ...Array(10).fill('created'),
    ]);
  });

  test('of a thousand takes some commits, not thousands', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'syncopate-batch-'));
    const store = await openSqliteEventStore({ path: join(folder, 'events.sqlite') });
    expect(said(await many(start(store), numbered(1_000)))).toEqual(Array(1_000).fill('created'));
    // Four portions of claims and four of schedules, each in two commits at most.
    expect(store.diagnostics().commits).toBeLessThanOrEqual(16);
    await store.close();
    rmSync(folder, { recursive: true });
  });
});

describe('a batch in the middle of other things', () => {
  test('given commands for its connections at the same time, they wait their turn: no append is refused', async () => {
    const refused: unknown[] = [];
    const store = new MemoryEventStore();
    // Takes a while, as a disk does.
    const append: EventStore['append'] = async (...asked) => {
      await new Promise((resolve) => setImmediate(resolve));
      return MemoryEventStore.prototype.append.apply(store, asked as never).catch((error: unknown) => {
        refused.push(error);
        throw error;
      });
    };
    const node = start(Object.assign(store, { append }));
    const batch = many(node, numbered(3));
    const suspend = { type: 'SuspendConnection', cause: 'request', message: 'on request' } as const;
    await Promise.all(
      numbered(3).map((id) =>
        node.actors.execute(connectionAggregate, connectionStream('default', id), suspend, context),
      ),
    );
    expect(said(await batch)).toEqual(Array(3).fill('created'));
    expect(refused).toEqual([]);
    expect(await typesOf(store)).toEqual({ ScheduleClaimed: 3, ScheduleCreated: 3, ConnectionSuspended: 3 });
  });

  test('given a store that stores one and never says so, that one is an outage and no refusal', async () => {
    const mute = (stream: string, events: readonly { readonly data: object }[]) =>
      stream.startsWith('schedule-') && JSON.stringify(events).includes('"connection":"c-1"')
        ? storeUnavailable('no answer')
        : undefined;
    const store = new MemoryEventStore({ faults: { afterAppend: mute } });
    const answers = await many(start(store), numbered(3));
    expect(said(answers)).toEqual(['created', 'store_unavailable', 'created']);
  });
});

describe('a batch that is repeated with its idempotency key', () => {
  test('names the same schedules and stores nothing, also by another process', async () => {
    const store = new MemoryEventStore();
    const first = await many(start(store), numbered(300), keyed('k1'));
    const head = await store.head();
    const again = await many(start(store), numbered(300), keyed('k1'));
    expect(said(again)).toEqual(Array(300).fill('repeated'));
    expect(again.map((answer) => answer.ok && answer.position)).toEqual(
      first.map((answer) => answer.ok && answer.position),
    );
    expect(await store.head()).toBe(head);
  });

  test('answers for a schedule that was deleted meanwhile, and takes no claim for it', async () => {
    const store = new MemoryEventStore();
    const node = start(store);
    const [item] = itemsOf(node.creation, ['a'], keyed('k1'));
    await many(node, ['a'], keyed('k1'));
    const stream = scheduleStream(item!.id);
    await node.actors.execute(scheduleAggregate, stream, { type: 'DeleteSchedule' }, context);
    const release = { type: 'ReleaseClaim', schedule: item!.id, reason: 'schedule_ended' } as const;
    await node.actors.execute(connectionAggregate, connectionStream('default', 'a'), release, context);
    const other = start(store);
    expect(await claimsOf(other, 'a')).toEqual([]);
    expect(said(await many(other, ['a'], keyed('k1')))).toEqual(['repeated']);
    expect(await claimsOf(other, 'a')).toEqual([]);
  });

  test('but is another one, is refused whole, what it has more included', async () => {
    const store = new MemoryEventStore();
    await many(start(store), ['a', 'b'], keyed('k1'));
    const head = await store.head();
    const other = await many(start(store), ['x', 'y', 'z'], keyed('k1', 'f2'));
    expect(said(other)).toEqual(Array(3).fill('idempotency_key_reused'));
    expect(await store.head()).toBe(head);
  });
});

describe('a process that dies after some claims and before their schedules', () => {
  /** From the n-th schedule on nothing is stored any more. */
  const dying = (log: MemoryEventStore['log'], survivors: number): MemoryEventStore => {
    let left = survivors;
    const beforeAppend = (stream: string) =>
      stream.startsWith('schedule-') && (left -= 1) < 0 ? storeUnavailable('gone') : undefined;
    return new MemoryEventStore({ log, faults: { beforeAppend } });
  };

  test('has the rest created by the same request, made again with its key', async () => {
    const store = new MemoryEventStore();
    const answers = await many(start(dying(store.log, 3)), numbered(8), keyed('k1'));
    expect(said(answers)).toEqual([...Array(3).fill('created'), ...Array(5).fill('store_unavailable')]);
    const node = start(store);
    const again = await many(node, numbered(8), keyed('k1'));
    expect(said(again)).toEqual([...Array(3).fill('repeated'), ...Array(5).fill('created')]);
    expect(await typesOf(store)).toEqual({ ScheduleClaimed: 8, ScheduleCreated: 8 });
  });

  test('leaves claims that another batch takes over once they are old', async () => {
    const store = new MemoryEventStore();
    const died = many(start(dying(store.log, 0)), ['a', 'b'], keyed('k1'));
    await expect(died).rejects.toMatchObject({ code: 'store_unavailable' });
    const world = new World();
    expect(said(await many(start(store, world), ['a', 'b']))).toEqual(Array(2).fill('duplicate_schedule'));
    world.now += MINUTE;
    const node = start(store, world);
    expect(said(await many(node, ['a', 'b']))).toEqual(['created', 'created']);
    expect(await claimsOf(node, 'a')).toHaveLength(1);
  });
});

test('given batches from two processes at once, whatever is refused, lost or stored without an answer: each connection has one schedule, and answers are true', async () => {
  const fate = fc.constantFrom('stored', 'stored', 'stored', 'refused', 'unanswered');
  const connections = fc.array(fc.constantFrom(...numbered(6)), { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fate, { minLength: 5, maxLength: 40 }),
      connections,
      connections,
      async (fates, ...asked) => {
        let at = 0;
        let now = 'stored';
        const faults = {
          beforeAppend: () =>
            (now = fates[at++ % fates.length]!) === 'refused' ? storeUnavailable('refused') : undefined,
          afterAppend: () => (now === 'unanswered' ? storeUnavailable('no answer') : undefined),
        };
        const store = new MemoryEventStore({ faults });
        const world = new World();
        const nodes = [0, 1].map(() => start(store, world, true));
        const ask = (node: Node, n: number) => many(node, asked[n]!, keyed(`k${n}`));
        const first = await Promise.all(
          nodes.map((node, n) =>
            ask(node, n).catch((error: unknown) =>
              isCommandOutage(error) ? asked[n]!.map(() => undefined) : Promise.reject(error as Error),
            ),
          ),
        );
        // Asked again on a store that works, by processes that know nothing: every answer is final.
        const clean = new MemoryEventStore({ log: store.log });
        const final = [0, 1].map(() => start(clean, world, true));
        const last = [await ask(final[0]!, 0), await ask(final[1]!, 1)];
        const created = (await clean.readAll(0, 10_000)).filter(({ type }) => type === 'ScheduleCreated');
        for (const [n, answers] of first.entries())
          for (const [index, answer] of answers.entries())
            if (answer?.ok === true) expect(last[n]![index]).toMatchObject({ ok: true, repeated: true });
        for (const connection of new Set(asked.flat())) {
          const claims = await claimsOf(final[0]!, connection);
          expect(claims).toHaveLength(1);
          const its = created.filter(({ data }) => (data as Creation).definition.connection === connection);
          expect(its.map(({ data }) => (data as Creation).id)).toEqual(claims);
        }
      },
    ),
    { numRuns: 300 },
  );
});
