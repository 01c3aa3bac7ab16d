import { describe, expect, test } from '@jest/globals';
import { isEventStoreError, storeUnavailable } from '../port/index.js';
import { eventStoreContract, newEvent } from '../testing/index.js';
import { MemoryEventStore } from './index.js';

eventStoreContract('memory', async () => {
  let store = new MemoryEventStore();
  return {
    store,
    restart: async () => {
      await store.close();
      store = new MemoryEventStore({ log: store.log });
      return store;
    },
    destroy: () => store.close(),
  };
});

eventStoreContract('memory, subscribers always behind', async () => {
  const recent = { events: 3, bytes: 1_000 };
  let store = new MemoryEventStore({ recent });
  return {
    store,
    restart: async () => {
      await store.close();
      store = new MemoryEventStore({ log: store.log, recent });
      return store;
    },
    destroy: () => store.close(),
  };
});

describe('memory event store', () => {
  test('an empty store has its head at 0', async () => {
    expect(await new MemoryEventStore().head()).toBe(0);
  });

  test('an append that is to fail before it is stored stores nothing', async () => {
    const store = new MemoryEventStore({
      faults: { beforeAppend: () => storeUnavailable('the test says so') },
    });
    await expect(store.append('a', -1, [newEvent()])).rejects.toMatchObject({ code: 'store_unavailable' });
    expect(await store.readAll(0, 10)).toEqual([]);
  });

  test('an append that is lost after it was stored is settled by appending again', async () => {
    let lost = 1;
    const store = new MemoryEventStore({
      faults: { afterAppend: () => (lost-- > 0 ? storeUnavailable('lost') : undefined) },
    });
    const events = [newEvent()];
    const failure = await store.append('a', -1, events).catch((error: unknown) => error);
    expect(isEventStoreError(failure, 'store_unavailable')).toBe(true);
    expect(await store.append('a', -1, events)).toEqual({ revision: 0, position: 1 });
    expect(await store.readAll(0, 10)).toHaveLength(1);
  });

  test('an event that was read cannot be changed', async () => {
    const store = new MemoryEventStore();
    await store.append('a', -1, [newEvent({ list: [1] })]);
    const [event] = await store.readAll(0, 1);
    expect(Object.isFrozen(event)).toBe(true);
    expect(Object.isFrozen((event!.data as { list: unknown }).list)).toBe(true);
  });
});
