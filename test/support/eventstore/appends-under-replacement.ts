// A process of its own: many appends while the client beneath the store is thrown away, twice. It lives to print how
// many were stored, unless a promise that nobody listens to ends it. Alone, because that would end the test runner too.
import { openEventStoreDb } from '../../../libs/event-store/eventstoredb/index.js';
import { isEventStoreError, type EventStore } from '../../../libs/event-store/port/index.js';
import { newEvent } from '../../../libs/event-store/testing/test-events.js';
import { EventStoreDouble } from './index.js';

const APPENDS = 120;
const text = 'x'.repeat(50_000);

async function settle(store: EventStore, stream: string): Promise<void> {
  const events = [newEvent({ text })];
  for (;;) {
    try {
      await store.append(stream, -1, events);
      return;
    } catch (error) {
      if (!isEventStoreError(error, 'store_unavailable')) throw error;
    }
  }
}

/** A page of 12 MB may take longer than the deadline, where others use the machine. */
async function readAgain(store: EventStore) {
  for (;;) {
    try {
      return await store.readAll(0, 10 * APPENDS);
    } catch (error) {
      if (!isEventStoreError(error, 'store_unavailable')) throw error;
    }
  }
}

const double = new EventStoreDouble();
await double.start();
let replaced = 0;
const replacement = (): Promise<void> =>
  new Promise((resolve) => {
    onReplaced = () => {
      replaced += 1;
      resolve();
    };
  });
let onReplaced = (): void => {};
const store = await openEventStoreDb({
  url: double.url,
  deadlineMs: 400,
  onTrouble: (what) => {
    if (what === 'connection replaced') onReplaced();
  },
});
for (const how of ['drop', 'commit'] as const) {
  double.faults.muteAppends = how;
  const replacing = replacement();
  const settled = Array.from({ length: APPENDS }, (_, n) => settle(store, `${how}-${n}`));
  await replacing;
  double.faults.heal();
  // Answers come late enough to meet a table of unanswered appends that was emptied meanwhile.
  double.faults.delayMs = 20;
  await Promise.all(settled);
  double.faults.heal();
}
const stored = await readAgain(store);
process.stdout.write(JSON.stringify({ stored: stored.length, replaced }));
await store.close();
await double.stop();
