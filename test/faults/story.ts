import type { Instant } from '#lib/domain/kernel';
import type { RecordedEvent } from '#lib/event-store/port';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecutorEntry, Finding } from '../support/faults/checker.js';

/** What a run of faults leaves to whoever wants to know why a promise was broken. */
export type Evidence = {
  readonly seed: number;
  readonly findings: readonly Finding[];
  readonly events: readonly RecordedEvent[];
  readonly journal: readonly ExecutorEntry[];
  /** What was done to whom, and what nodes wrote to their logs. */
  readonly happened: readonly Happened[];
};

export type Happened = { readonly at: Instant; readonly text: string };

/** Around the broken promise's schedule, everything is told from this long before its first event of interest, in ms. */
const AROUND = 12_000;
/** Of the violations, told in the message; all of them are in the file. */
const TOLD = 3;
const DATA_SHOWN = 160;

const clock = (at: Instant): string => new Date(at).toISOString().slice(11, 23);

/** A violation names a run or a schedule; a run's id begins with its schedule's. */
function scheduleOf(violation: string, events: readonly RecordedEvent[]): string | undefined {
  const streams = new Set(events.map(({ stream }) => stream));
  return [...streams]
    .filter((stream) => stream.startsWith('schedule-'))
    .map((stream) => stream.slice('schedule-'.length))
    .find((id) => violation.includes(id));
}

/** The instants that the violation itself names; without any, the whole run is of interest. */
const instantsIn = (violation: string): readonly Instant[] =>
  [...violation.matchAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g)].map(([text]) => Date.parse(text));

function tell(violation: string, { events, journal, happened }: Evidence): string {
  const id = scheduleOf(violation, events);
  if (id === undefined) return violation;
  const named = instantsIn(violation);
  const from = named.length === 0 ? 0 : Math.min(...named) - AROUND;
  const to = named.length === 0 ? Infinity : Math.max(...named) + 2 * AROUND;
  const lines = [
    ...events
      .filter(({ stream }) => stream === `schedule-${id}`)
      .map(({ metadata, position, type, data }) => ({
        at: metadata.at,
        text: `log ${position} ${metadata.actor}: ${type} ${JSON.stringify(data).slice(0, DATA_SHOWN)}`,
      })),
    ...journal
      .filter(({ schedule }) => schedule === id)
      .map(({ at, executor, kind, run, attempt, fence, outcome = '' }) => ({
        at,
        text: `world ${executor}: ${kind} ${run} attempt ${attempt} fence ${fence} ${outcome}`,
      })),
    ...happened,
  ].filter(({ at }) => at >= from && at <= to);
  const told = lines.toSorted((a, b) => a.at - b.at).map(({ at, text }) => `  ${clock(at)} ${text}`);
  return [violation, ...told].join('\n');
}

/** Keeps everything in a file, and tells the first few stories. */
export function keepStory(evidence: Evidence): string {
  const file = join(
    tmpdir(),
    `syncopate-fault-run-${evidence.seed}-${evidence.events.at(-1)?.metadata.at ?? 0}.json`,
  );
  writeFileSync(file, JSON.stringify(evidence));
  const violations = evidence.findings.flatMap(({ property, violations: each }) =>
    each.map((text) => `${property}: ${text}`),
  );
  return [`kept in ${file}`, ...violations.slice(0, TOLD).map((text) => tell(text, evidence))].join('\n');
}
