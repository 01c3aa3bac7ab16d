import type { Instant } from '#lib/domain/kernel';
import type { ScheduleDefinition } from './definition.js';
import {
  isOfRecurrence,
  type CancelReason,
  type PauseCause,
  type RecordCounts,
  type RunSpec,
  type Trigger,
} from './events.js';

/**
 * An open run moves
 *
 *     buffered ─► queued ─► running ─┬─► (closed: succeeded, cancelled, abandoned)
 *                   ▲                ├─► retrying ─┐
 *                   │                └─► snoozed ──┤
 *                   └──────────────────────────────┘
 *
 * `attempt` counts dispatches, `failures` those that failed: a snooze uses up the first, not the second.
 */
export type OpenRun = RunSpec & {
  readonly attempt: number;
  readonly failures: number;
  readonly snoozes: number;
  /** When the run was first queued: the retry budget counts from here. */
  readonly since: Instant;
  /** What attempts that are over had read up to their last checkpoint: the next one goes on from there. Absent: nothing. */
  readonly counted?: RecordCounts;
} & (
    | { readonly status: 'buffered' }
    | { readonly status: 'queued' }
    | {
        readonly status: 'running';
        readonly fence: number;
        readonly executor: string;
        readonly claim: string;
        readonly startedAt: Instant;
        readonly deadline: Instant;
        readonly cancel?: { readonly at: Instant; readonly reason: CancelReason };
        /** Of this attempt, up to its last checkpoint. */
        readonly checkpointed?: RecordCounts;
      }
    | { readonly status: 'retrying'; readonly resumeAt: Instant }
    | { readonly status: 'snoozed'; readonly resumeAt: Instant }
  );

export type RunningRun = Extract<OpenRun, { status: 'running' }>;

/** A run that was given up, kept so that it can be redriven. */
export type DeadLetter = RunSpec & {
  readonly attempt: number;
  readonly at: Instant;
  readonly counted?: RecordCounts;
};

/** How many dead letters and accepted fences a schedule remembers. */
export const DEAD_LETTERS_KEPT = 50;
export const FENCES_KEPT = 8;
/** How many requests it remembers after their runs have ended. */
export const REQUESTS_KEPT = 64;

export type LivingSchedule = {
  readonly status: 'active' | 'paused' | 'completed';
  readonly id: string;
  readonly definition: ScheduleDefinition;
  readonly generation: number;
  /** Grows with each change of definition or lifecycle: what If-Match compares, untouched by runs. */
  readonly version: number;
  readonly createdAt: Instant;
  /** Every occurrence up to and including this nominal instant is decided. */
  readonly highWater: Instant;
  /** Occurrences decided as runs, for `maxRuns`; not those that a pause cancelled before they had started. */
  readonly occurrencesRun: number;
  /** Occurrences to come that were skipped on request, the last one last. */
  readonly skipped?: readonly Instant[];
  readonly pause?: {
    readonly cause: PauseCause;
    readonly at: Instant;
    readonly until?: Instant;
    readonly note?: string;
  };
  readonly open: readonly OpenRun[];
  readonly deadLetters: readonly DeadLetter[];
  /** The last fence handed out; each `RunStarted` takes the next. */
  readonly fence: number;
  /** Fences of attempts that are over: a report that is doubled, or comes after it was cut off, is answered like the first and changes nothing. */
  readonly settled: readonly number[];
  /** The last requests that made runs (`m.<request>`, `b.<request>`): made again, they make none. */
  readonly requests: readonly string[];
  /** Runs in a row that were given up. */
  readonly failing: { readonly runs: number; readonly since: Instant };
  /** What the connector left at its last checkpoint or success. */
  readonly syncState?: object;
  /** The run that left it: a full sync takes up only its own. */
  readonly syncedBy?: string;
};

export type ScheduleState =
  | { readonly status: 'absent' }
  | LivingSchedule
  | { readonly status: 'deleted'; readonly id: string; readonly definition: ScheduleDefinition };

export const absent: ScheduleState = { status: 'absent' };

/** Of one part of a run and a later one. Why rows were rejected is told of the later. */
export const countedTogether = (
  earlier: RecordCounts | undefined,
  later: RecordCounts | undefined,
): RecordCounts | undefined =>
  earlier === undefined || later === undefined
    ? (later ?? earlier)
    : {
        ...later,
        read: earlier.read + later.read,
        written: earlier.written + later.written,
        rejected: earlier.rejected + later.rejected,
      };

/** A run that goes on at an instant: it is to be retried, or was put off. */
export const isWaiting = (open: OpenRun): open is Extract<OpenRun, { readonly resumeAt: Instant }> =>
  open.status === 'retrying' || open.status === 'snoozed';

export const isLiving = (state: ScheduleState): state is LivingSchedule =>
  state.status !== 'absent' && state.status !== 'deleted';

/**
 * `<schedule>.<generation>.<nominal>`: derived, so that deciding the same occurrence twice names the same run. Joined
 * rather than a template: that gives a string in one piece, for which `JSON.stringify` takes half as long.
 */
export const occurrenceRun = (schedule: string, generation: number, nominal: Instant): string =>
  [schedule, generation, nominal.toString(36)].join('.');

/** What a schedule remembers a request by. */
export const manualRequest = (request: string): string => `m.${request}`;
export const backfillRequest = (request: string): string => `b.${request}`;

/** `<schedule>.m.<request>`: one run per request, however often the request is repeated. */
export const manualRun = (schedule: string, request: string): string =>
  [schedule, manualRequest(request)].join('.');

export const backfillRun = (schedule: string, request: string, nominal: Instant): string =>
  [schedule, backfillRequest(request), nominal.toString(36)].join('.');

/** The request that a run was made by; undefined for an occurrence. The reverse of the two above. */
export function requestOf(schedule: string, { run, trigger }: RunSpec): string | undefined {
  const named = run.slice(schedule.length + 1);
  if (trigger === 'manual') return named;
  return trigger === 'backfill' ? named.slice(0, named.lastIndexOf('.')) : undefined;
}

/** The schedule that a run belongs to. */
export const scheduleOfRun = (run: string): string => run.slice(0, Math.max(0, run.indexOf('.')));

/** A run that a pause cancelled before it had started does not count for `maxRuns`: nothing was done. */
export const isUndone = (
  {
    trigger,
    status,
    attempt,
  }: { readonly trigger: Trigger; readonly status: string; readonly attempt: number },
  reason: CancelReason,
): boolean =>
  reason === 'schedule_paused' &&
  isOfRecurrence(trigger) &&
  (status === 'queued' || status === 'buffered') &&
  attempt <= 1;

/** As many have run as may: what the recurrence has besides is nothing to decide. */
export const allHaveRun = ({
  definition,
  occurrencesRun,
}: Pick<LivingSchedule, 'definition' | 'occurrencesRun'>): boolean =>
  occurrencesRun >= (definition.maxRuns ?? Infinity);

/** Up to where what is due by the recurrence is a pause's, that ends now or did so at its `until`. */
export const lastOfPause = (until: Instant | undefined, now: Instant): Instant =>
  Math.min(now, (until ?? Infinity) - 1);

/**
 * The mark when the definition changes. A new recurrence starts from now: what the old one had due is decided before. It
 * starts later where the clock was set back and more than that is decided; what was skipped on request is decided anew. So
 * does one of which more may run than have, where as many had as might: what came due meanwhile is nothing to decide.
 */
export function afterUpdate(
  state: Pick<LivingSchedule, 'definition' | 'occurrencesRun' | 'highWater'>,
  definition: ScheduleDefinition,
  {
    recurs,
    at,
    lastSkipped,
  }: { readonly recurs: boolean; readonly at: Instant; readonly lastSkipped: Instant | null | undefined },
): Instant {
  if (recurs) return state.highWater === lastSkipped ? at : Math.max(state.highWater, at);
  const goesOn = allHaveRun(state) && !allHaveRun({ ...state, definition });
  return goesOn ? Math.max(state.highWater, at) : state.highWater;
}

/**
 * The mark when a pause ends. What it had is recorded, which moves the mark, unless as many have run as may: then it is
 * none of those, and stays none when more may.
 */
export function afterPause(
  state: Pick<LivingSchedule, 'definition' | 'occurrencesRun' | 'highWater'>,
  until: Instant | undefined,
  now: Instant,
): Instant {
  const { highWater } = state;
  return allHaveRun(state) ? Math.max(highWater, lastOfPause(until, now)) : highWater;
}
