import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { HOUR, MINUTE, SECOND, type Instant } from '#lib/domain/kernel';
import { effective, type Recurrence } from '#lib/domain/recurrence';
import {
  schedule,
  type CatchUp,
  type ScheduleCommand,
  type ScheduleEvent,
  type ScheduleState,
} from '#lib/domain/schedule';
import { advance, create, hourly, start, succeed, T0 } from '#lib/domain/testing';

type Occurrence = { readonly nominal: Instant; readonly effective: Instant };
type Story = {
  readonly every: number;
  readonly spreadMs: number;
  readonly catchUp: CatchUp;
  readonly maxRuns: number;
  readonly id: string;
  /** From one advance to the next, in milliseconds. */
  readonly waits: readonly number[];
};

/** An occurrence decided later than this is late. */
const LATE = MINUTE;

/** What becomes of occurrences, written a second time and as plainly as possible: one list, walked from its beginning. */
class Reference {
  readonly facts: string[] = [];
  #ran = 0;

  constructor(
    private undecided: readonly Occurrence[],
    private readonly story: Story,
  ) {}

  advance(now: Instant): void {
    const due = this.undecided.filter((each) => each.effective <= now);
    this.undecided = this.undecided.slice(due.length);
    if (this.#isOver) return;
    const { policy, windowMs, cap } = this.story.catchUp;
    const late = due.filter((each) => each.effective <= now - LATE);
    const onTime = due.slice(late.length);
    const old = late.filter((each) => each.effective <= now - windowMs);
    const rest = late.slice(old.length);
    this.#missed(old, 'catch_up_window');
    if (policy === 'skip') this.#missed(rest, 'catch_up_skip');
    else if (policy === 'all') {
      const most = Math.max(0, rest.length - cap);
      this.#missed(rest.slice(0, most), 'catch_up_cap');
      this.#run(rest.slice(most), 'catch_up');
    } else {
      const kept = onTime.length > 0 ? [] : rest.slice(-1);
      this.#missed(rest.slice(0, rest.length - kept.length), 'catch_up_once');
      this.#run(kept, 'catch_up');
    }
    this.#run(onTime, 'occurrence');
  }

  get #isOver(): boolean {
    return this.#ran >= this.story.maxRuns;
  }

  #missed(range: readonly Occurrence[], reason: string): void {
    const [first, last] = [range[0], range.at(-1)];
    if (first === undefined || last === undefined) return;
    this.facts.push(`missed ${range.length} of ${first.nominal} to ${last.nominal}: ${reason}`);
  }

  #run(occurrences: readonly Occurrence[], trigger: string): void {
    for (const { nominal, effective: at } of occurrences) {
      if (this.#isOver) return;
      this.#ran += 1;
      this.facts.push(`ran ${nominal} at ${at}: ${trigger}`);
    }
  }
}

/** The same story, told by the aggregate. Runs overlap, and end at once. */
class Aggregate {
  readonly facts: string[] = [];
  state: ScheduleState = schedule.initialState;

  do(command: ScheduleCommand): void {
    const decision = schedule.decide(command, this.state);
    if (!decision.accepted) throw new Error(decision.rejection.message);
    for (const event of decision.events) this.#tell(event, command.now);
  }

  advance(now: Instant): void {
    this.do(advance(now));
    if (!('open' in this.state)) return;
    for (const { run } of this.state.open) {
      this.do(start(run, now));
      const [running] = this.state.open.filter((each) => each.run === run);
      if (running?.status === 'running') this.do(succeed(run, running.fence, now));
    }
  }

  #tell(event: ScheduleEvent, now: Instant): void {
    this.state = schedule.evolve(this.state, event, now);
    if (event.type === 'OccurrencesMissed') {
      const { count, exact, first, last, reason } = event.data;
      this.facts.push(`missed ${exact ? '' : 'some '}${count} of ${first} to ${last}: ${reason}`);
    } else if (event.type === 'RunQueued') {
      const { nominal, effective: at, trigger } = event.data;
      this.facts.push(`ran ${nominal} at ${at}: ${trigger}`);
    } else if (event.type === 'OccurrenceSkipped') this.facts.push(`skipped ${event.data.nominal}`);
  }
}

const steps = [20 * SECOND, MINUTE, 90 * SECOND, HOUR];
const stories: fc.Arbitrary<Story> = fc
  .record({
    every: fc.constantFrom(...steps),
    spread: fc.constantFrom(0, 0.3, 1),
    policy: fc.constantFrom('skip', 'once', 'all'),
    windows: fc.constantFrom(1, 3, 1_000),
    cap: fc.integer({ min: 1, max: 4 }),
    maxRuns: fc.constantFrom(2, 5, Infinity),
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
    // In thirds of a step: at an occurrence, in the middle of two, many at once, and now and then a millisecond around it.
    jumps: fc.array(fc.tuple(fc.nat(40), fc.constantFrom(0, 0, -1, 1, MINUTE, MINUTE - 1)), {
      maxLength: 12,
    }),
  })
  .map(({ every, spread, policy, windows, cap, maxRuns, id, jumps }) => ({
    every,
    spreadMs: Math.floor(spread * every),
    catchUp: { policy, windowMs: Math.max(windows * every, LATE), cap },
    maxRuns,
    id,
    waits: jumps.map(([thirds, off]) => Math.max(0, Math.floor((thirds * every) / 3) + off)),
  }));

// oxlint-disable-next-line house/pure -- how long to search is for whoever runs the test to say
const CASES = Number(process.env['OCCURRENCE_CASES'] ?? 5_000);

test('given any absence, what runs, what is missed and why is what a plain reference says', () => {
  fc.assert(
    fc.property(stories, (story) => {
      const { every, spreadMs, catchUp, maxRuns, id, waits } = story;
      const recurrence: Recurrence = {
        ...hourly,
        frequency: 'interval',
        everySeconds: every / SECOND,
        anchor: T0,
        spreadMs,
      };
      const length = waits.reduce((sum, wait) => sum + wait, 0);
      const all = Array.from({ length: Math.ceil(length / every) + 1 }, (_, n): Occurrence => {
        const nominal = T0 + (n + 1) * every;
        return { nominal, effective: effective(recurrence, nominal, id) };
      });
      const reference = new Reference(all, story);
      const aggregate = new Aggregate();
      const most = Number.isFinite(maxRuns) ? { maxRuns } : {};
      const created = create({ recurrence, catchUp, overlap: 'allow_all', ...most });
      aggregate.do({ ...created, id } as ScheduleCommand);
      let now = T0;
      for (const wait of waits) {
        now += wait;
        reference.advance(now);
        aggregate.advance(now);
      }
      expect(aggregate.facts).toEqual(reference.facts);
    }),
    { numRuns: CASES },
  );
});
