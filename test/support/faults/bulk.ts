import { currentData } from '#lib/contracts/events';
import type { Instant, Millis } from '#lib/domain/kernel';
import type { RecordedEvent } from '#lib/event-store/port';
import { Tally, type Finding } from './report.js';

type Item = { readonly schedule: string; readonly version: number; readonly inverse?: object };
type Outcome = { readonly schedule: string; readonly version?: number; readonly reason?: string };
type Data = Readonly<Record<string, unknown>>;

/** What of a schedule somebody else may have changed: each grows its version by one. */
const lifecycle = new Set(['ScheduleUpdated', 'SchedulePaused', 'ScheduleResumed', 'ScheduleCompleted']);

/** What a bulk change may change and brings back: folded from events alone. */
function looks(events: readonly RecordedEvent[]): string {
  let definition: Data = {};
  let pause: Data | undefined;
  for (const { type, data, metadata } of events) {
    const told = currentData(type, metadata.v, data) as Data;
    if (type === 'ScheduleCreated') definition = told['definition'] as Data;
    if (type === 'ScheduleUpdated') definition = { ...definition, ...(told['changes'] as Data) };
    if (type === 'SchedulePaused') pause = told;
    if (type === 'ScheduleResumed') pause = undefined;
  }
  const fields = Object.entries(definition).filter(([, value]) => value !== null && value !== undefined);
  return JSON.stringify([fields.toSorted(([a], [b]) => a.localeCompare(b)), pause]);
}

const versionOf = (events: readonly RecordedEvent[]): number =>
  1 + events.filter(({ type }) => lifecycle.has(type)).length;

/** What was asked of many: the change, or its undoing. */
type Asked = {
  readonly by: RecordedEvent;
  readonly items: readonly Item[];
  readonly outcomes: readonly Outcome[];
  readonly over: boolean;
};

/** One stream, read: the change, and what takes it back where that was asked for. */
function readBulk(stream: readonly RecordedEvent[]): { readonly change?: Asked; readonly undo?: Asked } {
  const of = (type: string): readonly RecordedEvent[] => stream.filter((event) => event.type === type);
  const outcomesOf = (type: string): readonly Outcome[] =>
    of(type).flatMap(({ data }) => (data as { outcomes: readonly Outcome[] }).outcomes);
  const [requested] = of('BulkChangeRequested');
  if (requested === undefined) return {};
  const plan = of('BulkChangePlanned').filter(({ revision }) => revision < requested.revision);
  const begun = plan.findLastIndex(({ data }) => (data as { from: number }).from === 0);
  const items = plan.slice(begun).flatMap(({ data }) => (data as { items: readonly Item[] }).items);
  const outcomes = outcomesOf('BulkChangeProgressed');
  const change = { by: requested, items, outcomes, over: of('BulkChangeCompleted').length === 1 };
  const [undone] = of('BulkUndoRequested');
  if (undone === undefined) return { change };
  const back = outcomes.flatMap(({ schedule, version }, at) =>
    version === undefined || items[at]?.inverse === undefined ? [] : [{ schedule, version }],
  );
  const undo = {
    by: undone,
    items: back.toReversed(),
    outcomes: outcomesOf('BulkUndoProgressed'),
    over: of('BulkUndoCompleted').length === 1,
  };
  return { change, undo };
}

/**
 * P37: what is asked of many schedules is done once to each that is as it was seen, and to no other, and undoing it
 * brings back what was.
 */
export function checkBulk(
  events: readonly RecordedEvent[],
  { endAt, graceMs }: { readonly endAt: Instant; readonly graceMs: Millis },
): Finding {
  const tally = new Tally('P37');
  const streams = Map.groupBy(events, ({ stream }) => stream);
  const caused = Map.groupBy(events, ({ metadata }) => metadata.causation);
  for (const [name, stream] of streams) {
    if (!name.startsWith('bulk-')) continue;
    const { change, undo } = readBulk(stream);
    for (const asked of [change, undo]) {
      if (asked === undefined) continue;
      const late = asked.by.metadata.at > endAt - graceMs;
      tally.expect(asked.over || late, () => `${name}: ${asked.by.type} is not over`);
      checkAsked(tally, name, asked, { streams, caused });
    }
    if (change !== undefined && undo !== undefined) checkUndone(tally, name, { change, undo }, streams);
  }
  return tally.finding;
}

type Read = {
  readonly streams: ReadonlyMap<string, readonly RecordedEvent[]>;
  readonly caused: ReadonlyMap<string | undefined, readonly RecordedEvent[]>;
};

function checkAsked(tally: Tally, name: string, { by, items, outcomes, over }: Asked, read: Read): void {
  if (over)
    tally.expect(
      JSON.stringify(items.map(({ schedule }) => schedule)) ===
        JSON.stringify(outcomes.map(({ schedule }) => schedule)),
      () => `${name}: what became of its schedules is not told of each, in their order, after ${by.type}`,
    );
  const own = (read.caused.get(by.id) ?? []).filter(({ stream }) => stream.startsWith('schedule-'));
  const done = Map.groupBy(own, ({ stream }) => stream.slice('schedule-'.length));
  const planned = new Set(items.map(({ schedule }) => schedule));
  for (const schedule of done.keys())
    tally.expect(planned.has(schedule), () => `${name}: changed ${schedule}, which it was not to`);
  for (const [at, { schedule, version }] of outcomes.entries()) {
    const events = done.get(schedule) ?? [];
    const [first] = events;
    if (version === undefined || first === undefined) {
      tally.expect(
        (version === undefined) === (first === undefined),
        () =>
          `${name}: ${schedule} is said to be ${version === undefined ? 'left alone' : 'changed'}, and is not`,
      );
      continue;
    }
    const whole = read.streams.get(first.stream) ?? [];
    const last = events.at(-1)?.revision ?? 0;
    tally.expect(
      events.every(({ metadata }) => metadata.at === first.metadata.at) &&
        last - first.revision === events.length - 1,
      () => `${name}: ${schedule} was changed more than once`,
    );
    tally.expect(
      versionOf(whole.slice(0, first.revision)) === items[at]?.version,
      () => `${name}: ${schedule} was changed, though it was not as it was seen`,
    );
    tally.expect(
      version === 0 || versionOf(whole.slice(0, last + 1)) === version,
      () => `${name}: ${schedule} was not left at version ${version}`,
    );
  }
}

function checkUndone(
  tally: Tally,
  name: string,
  { change, undo }: { readonly change: Asked; readonly undo: Asked },
  streams: Read['streams'],
): void {
  for (const { schedule, version } of undo.outcomes) {
    if (version === undefined) continue;
    const stream = streams.get(`schedule-${schedule}`) ?? [];
    const first = (by: RecordedEvent): number =>
      stream.findIndex(({ metadata }) => metadata.causation === by.id);
    const before = looks(stream.slice(0, first(change.by)));
    const last = stream.findLastIndex(({ metadata }) => metadata.causation === undo.by.id);
    const after = looks(stream.slice(0, last + 1));
    tally.expect(before === after, () => `${name}: ${schedule} was ${before}, and is ${after} again`);
  }
}
