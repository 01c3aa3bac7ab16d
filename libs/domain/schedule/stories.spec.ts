import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { HOUR, MINUTE, type Instant } from '#lib/domain/kernel';
import {
  schedule,
  type LivingSchedule,
  type ScheduleCommand,
  type ScheduleEvent,
  type ScheduleState,
} from '#lib/domain/schedule';
import { advance, create, T0 } from '#lib/domain/testing';

type Told = { readonly at: Instant; readonly event: ScheduleEvent };

/** A schedule that is due each full hour, what was done to it, and everything that it decided. */
class Story {
  state: ScheduleState = schedule.initialState;
  now = T0;
  readonly told: Told[] = [];
  /** Reports that were sent once, to be sent again. */
  readonly reports: ScheduleCommand[] = [];
  requests = 0;

  do(command: ScheduleCommand): readonly ScheduleEvent[] {
    const decision = schedule.decide(command, this.state);
    const events = decision.accepted ? decision.events : [];
    for (const event of events) {
      this.state = schedule.evolve(this.state, event, command.now);
      this.told.push({ at: command.now, event });
    }
    return events;
  }

  get living(): LivingSchedule {
    return this.state as LivingSchedule;
  }
}

/** Each move takes a number in [0, 1). */
const moves = {
  later: (story: Story, x: number) => {
    story.now += Math.floor(x * 3 * HOUR);
    story.do({ type: 'AdvanceSchedule', now: story.now, fraction: x });
  },
  absent: (story: Story, x: number) => {
    story.now += Math.floor(x * 100 * HOUR);
    story.do(advance(story.now));
  },
  setBack: (story: Story, x: number) => {
    story.now -= Math.floor(x * 30 * HOUR);
    story.do(advance(story.now));
  },
  start: (story: Story) => {
    const queued = story.living.open.find(({ status }) => status === 'queued');
    if (queued === undefined) return;
    const { run, attempt } = queued;
    const claim = `claim-${story.told.length}`;
    story.do({ type: 'StartRun', now: story.now, run, attempt, executor: 'x1', claim });
  },
  report: (story: Story, x: number) => {
    const running = story.living.open.find(({ status }) => status === 'running');
    if (running?.status !== 'running') return;
    const { run, attempt, fence } = running;
    const counts = { read: 0, written: 0, rejected: 0 };
    const error = { class: x < 0.3 ? 'TRANSIENT' : 'AUTH_REVOKED', message: 'it broke' } as const;
    const outcome =
      x > 0.6
        ? ({ kind: 'succeeded', counts } as const)
        : x > 0.5
          ? ({ kind: 'snoozed', class: 'RATE_LIMITED', delayMs: MINUTE, message: 'later' } as const)
          : ({ kind: 'failed', error } as const);
    const report = {
      type: 'ReportRun',
      now: story.now,
      run,
      attempt,
      fence,
      executor: 'x1',
      outcome,
      fraction: x,
    } as const;
    story.reports.push(report);
    story.do(report);
  },
  again: (story: Story, x: number) => {
    const report = story.reports[Math.floor(x * story.reports.length)];
    if (report === undefined) return;
    expect(story.do({ ...report, now: story.now })).toEqual([]);
  },
  expire: (story: Story, x: number) => {
    const running = story.living.open.find(({ status }) => status === 'running');
    if (running?.status !== 'running') return;
    const { run, attempt, fence } = running;
    story.do({ type: 'ExpireLease', now: story.now, run, attempt, fence, fraction: x });
  },
  pause: (story: Story) => {
    story.do({ type: 'PauseSchedule', now: story.now, cause: 'request' });
  },
  pauseFor: (story: Story, x: number) => {
    const until = story.now + 1 + Math.floor(x * 6) * (HOUR / 2);
    story.do({ type: 'PauseSchedule', now: story.now, cause: 'request', until });
  },
  resume: (story: Story) => {
    story.do({ type: 'ResumeSchedule', now: story.now });
  },
  trigger: (story: Story) => {
    story.do({ type: 'TriggerRun', now: story.now, request: `r${(story.requests += 1)}` });
  },
  cancel: (story: Story, x: number) => {
    const open = story.living.open[Math.floor(x * story.living.open.length)];
    if (open !== undefined) story.do({ type: 'CancelRun', now: story.now, run: open.run });
  },
  redrive: (story: Story) => {
    const [letter] = story.living.deadLetters;
    if (letter !== undefined) story.do({ type: 'RedriveRun', now: story.now, run: letter.run });
  },
  skipNext: (story: Story) => {
    story.do({ type: 'SkipNextOccurrence', now: story.now });
  },
} as const;

const isOccurrence = (trigger: string): boolean => trigger === 'occurrence' || trigger === 'catch_up';

/** How often each hour was decided, by counting on the fingers. */
function decisions(told: readonly Told[]): Map<Instant, number> {
  const times = new Map<Instant, number>();
  const seen = new Set<string>();
  const count = (nominal: Instant): unknown => times.set(nominal, (times.get(nominal) ?? 0) + 1);
  for (const { event } of told) {
    if (event.type === 'OccurrenceSkipped') count(event.data.nominal);
    if (event.type === 'OccurrencesMissed') {
      const { first, last } = event.data;
      for (let hour = first; hour <= last; hour += HOUR) count(hour);
      expect(event.data.count).toBe((last - first) / HOUR + 1);
    }
    const opens = event.type === 'RunQueued' || event.type === 'RunBuffered';
    if (!opens || seen.has(event.data.run)) continue;
    seen.add(event.data.run);
    if (isOccurrence(event.data.trigger)) count(event.data.nominal);
  }
  return times;
}

/** What happened to runs, read once from the beginning. */
class Reading {
  /** Undefined: not paused. */
  #paused: Instant | undefined;
  /** What waited when it paused by itself, before that was cancelled. */
  #stopped: ReadonlySet<string> = new Set();
  /** The pause is over from here on. */
  #until = Infinity;
  /** Hours that were due while nothing was to run. */
  #quiet = { after: Infinity, until: -Infinity };
  /** Runs that nobody has claimed yet. */
  readonly #waiting = new Set<string>();
  readonly #ended = new Map<string, number>();
  /** Runs whose decision was read: what follows it may come at an earlier reading of a clock that was set back. */
  readonly #decided = new Set<string>();
  #fence = 0;
  #redriven: string | undefined;

  take({ at, event }: Told): void {
    if ('run' in event.data && event.type !== 'RunQueued') this.#waiting.delete(event.data.run);
    switch (event.type) {
      case 'SchedulePaused':
        this.#paused ??= at;
        this.#until = event.data.until ?? Infinity;
        this.#stopped = new Set(this.#waiting);
        return event.data.cause === 'auto_pause' ? undefined : expect([...this.#waiting]).toEqual([]);
      case 'ScheduleResumed':
        this.#quiet = { after: this.#paused ?? at, until: Math.min(at, this.#until - 1) };
        this.#stopped = new Set();
        return void (this.#paused = undefined);
      case 'OccurrencesMissed':
        return event.data.reason === 'paused' ? expect(event.data.last).toBeLessThan(this.#until) : undefined;
      case 'RunRedriven':
        return void this.#ended.set((this.#redriven = event.data.run), 0);
      case 'RunBuffered':
        return this.#notEarly(event.data, at);
      case 'RunQueued':
        return this.#queued(event.data, at);
      case 'RunStarted':
        expect(this.#stopped.has(event.data.run)).toBe(false);
        expect(event.data.fence).toBeGreaterThan(this.#fence);
        return void (this.#fence = event.data.fence);
      case 'RunSucceeded':
      case 'RunCancelled':
      case 'RunAbandoned':
        expect(this.#ended.get(event.data.run) ?? 0).toBe(0);
        return void this.#ended.set(event.data.run, 1);
      default:
        return undefined;
    }
  }

  #queued(
    { run, trigger, effective }: { run: string; trigger: string; effective: Instant },
    at: Instant,
  ): void {
    if (this.#paused === undefined) this.#waiting.add(run);
    else if (trigger !== 'manual' && run !== this.#redriven) expect(`queued ${run}`).toBe('while paused');
    expect(this.#ended.get(run) ?? 0).toBe(0);
    this.#notEarly({ run, trigger, effective }, at);
    if (!isOccurrence(trigger)) return;
    expect(effective > this.#quiet.after && effective <= this.#quiet.until).toBe(false);
  }

  #notEarly(
    { run, trigger, effective }: { run: string; trigger: string; effective: Instant },
    at: Instant,
  ): void {
    if (isOccurrence(trigger) && !this.#decided.has(run)) expect(at).toBeGreaterThanOrEqual(effective);
    this.#decided.add(run);
  }
}

// oxlint-disable-next-line house/pure -- how long to search is for whoever runs the test to say
const CASES = Number(process.env['STORY_CASES'] ?? 10_000);

test('whatever is done to a schedule, each hour is decided once, none early, and each run ends once', () => {
  const step = fc.tuple(
    fc.constantFrom(...(Object.keys(moves) as (keyof typeof moves)[])),
    fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  );
  const policy = fc.record({
    catchUp: fc.record({
      policy: fc.constantFrom('skip', 'once', 'all'),
      windowMs: fc.constantFrom(2 * HOUR, 24 * HOUR, 8_000 * HOUR),
      cap: fc.integer({ min: 1, max: 5 }),
    }),
    retryVersusNext: fc.constantFrom('merge', 'replace'),
    overlap: fc.constantFrom(
      'skip',
      'buffer_one',
      'buffer_all',
      'cancel_other',
      'terminate_other',
      'allow_all',
    ),
    autoPause: fc.constantFrom({ failures: 0, days: 1 }, { failures: 2, days: 0 }),
  });
  fc.assert(
    fc.property(policy, fc.array(step, { maxLength: 50 }), (definition, steps) => {
      const story = new Story();
      story.do(create(definition));
      for (const [what, amount] of steps) {
        moves[what](story, amount);
        const { open } = story.living;
        if (definition.overlap !== 'allow_all')
          expect(open.filter(({ status }) => status === 'running').length).toBeLessThanOrEqual(1);
        // Catching up on all of them means one after another, whatever the policy.
        if (definition.overlap === 'skip' && definition.catchUp.policy !== 'all')
          expect(open.length).toBeLessThanOrEqual(1);
      }
      story.now = Math.max(story.now, story.living.highWater);
      moves.resume(story);
      story.do(advance(story.now));
      const times = decisions(story.told);
      const due = Math.floor((story.now - T0) / HOUR);
      const expected = Array.from({ length: due }, (_, n) => T0 + (n + 1) * HOUR);
      expect([...times.keys()].toSorted((a, b) => a - b)).toEqual(expected);
      expect([...times.values()].every((count) => count === 1)).toBe(true);
      const reading = new Reading();
      for (const told of story.told) reading.take(told);
    }),
    {
      numRuns: CASES,
      examples: [
        // A run that was buffered in time, and is queued by a clock that was set back meanwhile.
        [
          {
            catchUp: { policy: 'all', windowMs: 2 * HOUR, cap: 2 },
            retryVersusNext: 'merge',
            overlap: 'skip',
            autoPause: { failures: 0, days: 1 },
          },
          [
            ['later', 0.6722222222222222],
            ['setBack', 0.0005555648148148148],
            ['cancel', 0],
          ],
        ],
      ],
    },
  );
});
