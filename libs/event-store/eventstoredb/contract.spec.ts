import { EventStoreDouble, type DoubleOptions } from '../../../test/support/eventstore/index.js';
import { eventStoreContract, type OpenedStore } from '../testing/index.js';
import { openEventStoreDb } from './index.js';

const onDouble = (options: DoubleOptions, caughtUpMessages: boolean) => async (): Promise<OpenedStore> => {
  const double = new EventStoreDouble(options);
  double.faults.caughtUpMessages = caughtUpMessages;
  await double.start();
  const open = () => openEventStoreDb({ url: double.url, probeMs: 300 });
  let store = await open();
  return {
    store,
    restart: async () => {
      await store.close();
      store = await open();
      return store;
    },
    destroy: async () => {
      await store.close();
      await double.stop();
    },
  };
};

eventStoreContract('EventStoreDB, batched appends', onDouble({ batch: true }, true));
eventStoreContract(
  'EventStoreDB, unary appends and no caught-up messages',
  onDouble({ batch: false }, false),
);
