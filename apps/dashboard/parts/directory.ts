import { useEffect } from 'preact/hooks';
import { ask } from '../api/client.js';
import type { Schedule } from '../api/shapes.js';
import { createStore, useStore } from '../api/store.js';
import { listen } from '../live/connection.js';

/**
 * Schedules by id, for pages that are told ids only: what they are called, and in which zone they live. Asked for one by
 * one, each once, until an event says that it was changed. `null`: there is none (any more).
 */
type Known = ReadonlyMap<string, Schedule | null>;

const known = createStore<Known>(new Map());
const asked = new Set<string>();

const set = (id: string, schedule: Schedule | null): void =>
  known.set(new Map(known.get()).set(id, schedule));

/** The read model may not have one yet that was created this moment. */
const ONCE_MORE_AFTER = 2_500;

async function look(id: string, again = true): Promise<void> {
  const found = await ask<Schedule>(`/v1/schedules/${encodeURIComponent(id)}`).then(
    ({ body }) => body,
    () => null,
  );
  set(id, found);
  if (found === null && again) setTimeout(() => void look(id, false), ONCE_MORE_AFTER);
}

/** Of those that are known: what they are called may be another from now on. */
listen(({ event, data = '' }) => {
  if (event !== 'ScheduleUpdated' && event !== 'ScheduleDeleted') return;
  for (const id of asked) if (data.includes(id)) void look(id);
});

/** @returns what is known of them so far; more comes by itself. */
export function useSchedules(ids: readonly string[]): Known {
  const key = [...new Set(ids)].toSorted().join(' ');
  useEffect(() => {
    for (const id of key.split(' ')) {
      if (id === '' || asked.has(id)) continue;
      asked.add(id);
      void look(id);
    }
  }, [key]);
  return useStore(known);
}

/** What a person calls it. */
export const nameOf = (schedule: Pick<Schedule, 'name' | 'user' | 'provider'>): string =>
  schedule.name ?? `${schedule.user}’s ${schedule.provider}`;

/** Enough of an id to tell it from others; the whole of it is in the title of whatever shows it. */
export const shortId = (id: string): string => (id.length > 14 ? `…${id.slice(-8)}` : id);
