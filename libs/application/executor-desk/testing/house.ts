import { Actors, scheduleAggregate } from '#lib/application/actors';
import { Admission } from '#lib/application/admission';
import { scheduleStream } from '#lib/contracts/streams';
import { HOUR, MINUTE } from '#lib/domain/kernel';
import { definition, T0 } from '#lib/domain/testing';
import { MemoryEventStore } from '#lib/event-store/memory';
import { storeBut } from '#lib/event-store/testing';
import { storeUnavailable, type EventStore } from '#lib/event-store/port';
import { InProcessMessaging } from '#lib/messaging/in-process';
import type { Granted } from '#lib/messaging/port';
import { soleHolder } from '#lib/ports';
import { stillTime } from '#lib/ports/testing';

export const context = { tenant: 'default', actor: 'api:test', correlation: 'c-1' };

type Handed = { readonly run: string; readonly granted: Granted | undefined; readonly settle: () => void };

/** A scheduler with an executor in its process that has `places`, and schedules `s1`, `s2` … on one provider. */
export function house({ places = 10, global = 10, store = new MemoryEventStore() as EventStore } = {}) {
  const surroundings = stillTime(T0 + HOUR / 2);
  const actors = new Actors({ store, environment: surroundings, capacity: 100, snapshotEvery: 100 });
  const admission = new Admission({ global, connection: 1, ageingMs: MINUTE });
  const messaging = new InProcessMessaging();
  const handed: Handed[] = [];
  messaging.consume({
    executor: 'local',
    claim: 'claim-1',
    capacity: places,
    handle: ({ run }, granted) => new Promise((settle) => handed.push({ run, granted, settle })),
    cancel: () => {},
    lost: () => {},
  });
  const parts = {
    admission,
    work: messaging,
    leases: soleHolder,
    environment: surroundings,
    leaseMs: 30_000,
  };
  const command = (id: string, what: Parameters<typeof actors.execute>[2]) =>
    actors.execute(scheduleAggregate, scheduleStream(id), what as never, context);
  const create = (id: string) =>
    command(id, {
      type: 'CreateSchedule',
      id,
      definition: definition({ connection: id, user: id }),
    } as never);
  const trigger = (id: string) => command(id, { type: 'TriggerRun', request: `r-${id}` } as never);
  const types = async (id: string) =>
    (await store.readStream(scheduleStream(id))).map(({ type, metadata }) => `${type} by ${metadata.actor}`);
  return { ...parts, actors, store, handed, command, create, trigger, types };
}

/** A store that may be told to say nothing any more. */
export function fallingSilent(): { readonly store: EventStore; silent: boolean } {
  const memory = new MemoryEventStore();
  const told = { silent: false, store: memory as EventStore };
  told.store = storeBut(memory, {
    append: async (...given) => {
      if (told.silent) throw storeUnavailable('it does not answer');
      return memory.append(...given);
    },
  });
  return told;
}
