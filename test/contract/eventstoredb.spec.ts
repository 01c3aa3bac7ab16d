import { describe, test } from '@jest/globals';
import { openEventStoreDb } from '#lib/event-store/eventstoredb';
import { eventStoreContract, type OpenedStore } from '#lib/event-store/testing';

/** `EVENTSTORE_URL=esdb://… npm run test:contract`: the suite of every adapter against a server of yours. */
const url = process.env['EVENTSTORE_URL'];

async function open(): Promise<OpenedStore> {
  const connect = () => openEventStoreDb({ url: url ?? '', allowPlainText: true });
  let store = await connect();
  return {
    store,
    restart: async () => {
      await store.close();
      store = await connect();
      return store;
    },
    destroy: () => store.close(),
  };
}

if (url === undefined) {
  describe('event store contract: a real EventStoreDB', () => {
    test.skip('needs EVENTSTORE_URL', () => {});
  });
} else eventStoreContract(`EventStoreDB at ${url.replace(/\/\/.*@/, '//')}`, open);
