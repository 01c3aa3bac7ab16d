import { useEffect } from 'preact/hooks';
import { ask, search } from '../api/client.js';
import { told } from '../api/problem.js';
import type { Schedule } from '../api/shapes.js';
import { createStore, useStore } from '../api/store.js';
import { gaps, listen } from '../live/connection.js';

/**
 * Schedules by id, for pages that are told ids only: what they are called, and in which zone they live. Asked for one by
 * one, until an event says that it was changed. `null`: there is none (any more).
 */
type Known = ReadonlyMap<string, Schedule | null>;

const known = createStore<Known>(new Map());

/** Each page shows a few dozen; in a herd thousands pass by, and are not worth a question each. */
const MOST_KNOWN = 2_000;
const MOST_WAITING = 60;
const AT_ONCE = 2;
/** The read model may not have one yet that was created this moment, nor a change of it while it is far behind. */
const ONCE_MORE_AFTER = 2_500;

/** Last come, first asked: what is on the screen now. Those at the other end are forgotten. */
let waiting: readonly string[] = [];
const asking = new Set<string>();
const unanswered = new Set<string>();
/** Log positions of changes that the next answer must tell of: an event comes before the read model has it. */
const changed = new Map<string, string>();
/** What each part of the page shows. */
const shown = new Map<object, readonly string[]>();

function set(id: string, schedule: Schedule | null): void {
  const next = new Map(known.get()).set(id, schedule);
  const [oldest] = next.keys();
  if (next.size > MOST_KNOWN && oldest !== undefined) next.delete(oldest);
  known.set(next);
}

async function look(id: string): Promise<void> {
  const atLeast = changed.get(id);
  changed.delete(id);
  try {
    set(id, (await ask<Schedule>(`/v1/schedules/${encodeURIComponent(id)}${search({ atLeast })}`)).body);
  } catch (error) {
    const { status } = told(error);
    if (status === 409 || (status === 404 && !known.get().has(id)))
      setTimeout(() => want(id), ONCE_MORE_AFTER);
    if (status === 404) set(id, null);
    // Nobody said that there is none: it is asked for again once the service is there.
    else if (status !== 409) unanswered.add(id);
  }
}

function want(id: string, position?: string): void {
  if (position !== undefined) changed.set(id, position);
  if (asking.has(id)) return;
  waiting = [...waiting.filter((other) => other !== id), id].slice(-MOST_WAITING);
  next();
}

function next(): void {
  const id = asking.size < AT_ONCE ? waiting.at(-1) : undefined;
  if (id === undefined) return;
  waiting = waiting.slice(0, -1);
  asking.add(id);
  void look(id).finally(() => {
    asking.delete(id);
    // It was changed while it was asked for.
    if (changed.has(id)) want(id);
    else next();
  });
}

/** Of those that are known: what they are called may be another from now on. */
listen(({ id: position, event, data = '' }) => {
  if (event !== 'ScheduleUpdated' && event !== 'ScheduleDeleted') return;
  for (const id of known.get().keys()) if (data.includes(id)) want(id, position);
});

/** What was changed meanwhile nobody said: what is on the screen is asked for again, the rest when it is shown. */
gaps.watch(() => {
  const here = new Set([...shown.values()].flat());
  known.set(new Map([...known.get()].filter(([id]) => here.has(id))));
  for (const id of new Set([...here, ...unanswered])) want(id);
  unanswered.clear();
});

/** @returns what is known of them so far; more comes by itself. */
export function useSchedules(ids: readonly string[]): Known {
  const key = [...new Set(ids)].toSorted().join(' ');
  useEffect(() => {
    const part = {};
    const here = key.split(' ').filter((id) => id !== '');
    shown.set(part, here);
    for (const id of here) if (!known.get().has(id)) want(id);
    return () => void shown.delete(part);
  }, [key]);
  return useStore(known);
}

/** What a person calls it. */
export const nameOf = (schedule: Pick<Schedule, 'name' | 'user' | 'provider'>): string =>
  schedule.name ?? `${schedule.user}’s ${schedule.provider}`;

/** Enough of an id to tell it from others; the whole of it is in the title of whatever shows it. */
export const shortId = (id: string): string => (id.length > 14 ? `…${id.slice(-8)}` : id);
