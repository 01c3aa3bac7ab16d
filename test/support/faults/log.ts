import { decodeEvent, type StoredEvent } from '#lib/contracts/events';
import { parseStream } from '#lib/contracts/streams';
import type { RecordedEvent } from '#lib/event-store/port';
import { newHistory, type ScheduleHistory } from './history.js';
import {
  closeHistory,
  deletedSchedule,
  missedOccurrences,
  pausedSchedule,
  resumedSchedule,
  skippedOccurrence,
  updatedSchedule,
} from './lifetimes.js';
import { readRunEvent, type RunEvent } from './run-histories.js';

/** The log, read: a history for each schedule, and the events that belong to none. */
export type ReadLog = {
  readonly events: readonly RecordedEvent[];
  readonly schedules: ReadonlyMap<string, ScheduleHistory>;
  readonly strays: readonly RecordedEvent[];
};

function read(history: ScheduleHistory, event: StoredEvent): void {
  const at = event.metadata.at;
  switch (event.type) {
    case 'ScheduleUpdated':
      return updatedSchedule(history, event);
    case 'SchedulePaused':
      return pausedSchedule(history, at);
    case 'ScheduleResumed':
      return resumedSchedule(history);
    case 'ScheduleDeleted':
      return deletedSchedule(history, at);
    case 'OccurrenceSkipped':
      return skippedOccurrence(history, event);
    case 'OccurrencesMissed':
      return missedOccurrences(history, event);
    default:
      if (event.type.startsWith('Run') || event.type === 'RetryScheduled')
        readRunEvent(history, event as RunEvent);
  }
}

/** @throws {UndecodableEvent} for an event that cannot be read: no property can be judged without it. */
export function readLog(events: readonly RecordedEvent[]): ReadLog {
  const schedules = new Map<string, ScheduleHistory>();
  const strays: RecordedEvent[] = [];
  for (const recorded of events) {
    if (parseStream(recorded.stream)?.kind !== 'schedule') continue;
    const event = decodeEvent(recorded);
    const known = schedules.get(recorded.stream);
    if (event === undefined) continue;
    if (event.type === 'ScheduleCreated' && known === undefined)
      schedules.set(recorded.stream, newHistory(event));
    else if (known === undefined || known.deleted || event.type === 'ScheduleCreated') strays.push(recorded);
    else read(known, event);
  }
  for (const history of schedules.values()) closeHistory(history);
  return { events, schedules, strays };
}
