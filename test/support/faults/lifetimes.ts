import type { Instant } from '#lib/domain/kernel';
import { changed, eraOf, type EventOf, type OccurrenceDecision, type ScheduleHistory } from './history.js';

/** How the events of a schedule's own life, and its decisions on occurrences, are read. */

function waive(history: ScheduleHistory, after: Instant, to: Instant): void {
  history.waivers.push({ generation: eraOf(history).generation, after, to });
}

/** After `maxRuns` occurrences nothing more needs to be decided, until the limit is lifted. */
function lookForExhaustion(history: ScheduleHistory, at: Instant): void {
  const { maxRuns } = history.definition;
  const exhausted = maxRuns !== undefined && history.occurrencesRun >= maxRuns;
  if (exhausted) history.exhaustedSince ??= history.highest;
  else if (history.exhaustedSince !== undefined) {
    waive(history, history.exhaustedSince, at);
    delete history.exhaustedSince;
  }
}

export function decidedOccurrence(
  history: ScheduleHistory,
  decision: Omit<OccurrenceDecision, 'paused' | 'beside'>,
): void {
  const beside = [...history.open].map(({ spec: { run }, phase }) => ({ run, phase }));
  history.decisions.push({ ...decision, paused: history.pausedSince !== undefined, beside });
  if (decision.generation === eraOf(history).generation)
    history.highest = Math.max(history.highest, decision.last);
  if (decision.kind !== 'run') return;
  history.occurrencesRun += 1;
  lookForExhaustion(history, decision.at);
}

/** A pause cancelled it before it had started: another may run in its place. */
export function undoneOccurrence(history: ScheduleHistory, at: Instant): void {
  history.occurrencesRun -= 1;
  lookForExhaustion(history, at);
}

export function skippedOccurrence(history: ScheduleHistory, event: EventOf<'OccurrenceSkipped'>): void {
  const { nominal, generation, reason } = event.data;
  const { position, metadata } = event;
  const at = metadata.at;
  decidedOccurrence(history, {
    kind: 'skip',
    reason,
    generation,
    first: nominal,
    last: nominal,
    at,
    position,
  });
}

export function missedOccurrences(history: ScheduleHistory, event: EventOf<'OccurrencesMissed'>): void {
  const { generation, first, last, count, exact, reason } = event.data;
  const { position, metadata } = event;
  decidedOccurrence(history, {
    kind: 'missed',
    reason,
    generation,
    first,
    last,
    count: { value: count, exact },
    at: metadata.at,
    position,
  });
}

/** A pause that is not ended by resuming leaves what was due in it without a record. */
function endPauseUnrecorded(history: ScheduleHistory, at: Instant): void {
  if (history.pausedSince === undefined) return;
  waive(history, history.pausedSince, at);
  history.pausedSince = at;
}

export function updatedSchedule(history: ScheduleHistory, event: EventOf<'ScheduleUpdated'>): void {
  const { changes, generation } = event.data;
  const at = event.metadata.at;
  history.definition = changed(history.definition, changes);
  const era = eraOf(history);
  if (generation !== era.generation) {
    endPauseUnrecorded(history, at);
    if (history.exhaustedSince !== undefined) {
      waive(history, history.exhaustedSince, at);
      history.exhaustedSince = at;
    }
    era.until = at;
    history.eras.push({ generation, recurrence: history.definition.recurrence, from: at });
    history.highest = at;
  }
  lookForExhaustion(history, at);
}

export function pausedSchedule(history: ScheduleHistory, at: Instant): void {
  endPauseUnrecorded(history, at);
  history.pausedSince = at;
  history.pauses.push({ from: at });
}

export function resumedSchedule(history: ScheduleHistory): void {
  delete history.pausedSince;
}

export function deletedSchedule(history: ScheduleHistory, at: Instant): void {
  endPauseUnrecorded(history, at);
  eraOf(history).until = at;
  history.deleted = true;
}

/** At the end of the log: what is still paused or exhausted is so for good. */
export function closeHistory(history: ScheduleHistory): void {
  if (history.pausedSince !== undefined) waive(history, history.pausedSince, Infinity);
  if (history.exhaustedSince !== undefined) waive(history, history.exhaustedSince, Infinity);
}
