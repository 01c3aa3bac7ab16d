import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { HOUR, MINUTE } from '#lib/domain/kernel';
import {
  schedule,
  type OverlapPolicy,
  type ScheduleCommand,
  type ScheduleEvent,
  type ScheduleState,
} from '#lib/domain/schedule';
import { advance, create, fail, hourlyRun, start, succeed, T0 } from '#lib/domain/testing';

/** What the policies mean, written a second time and as plainly as possible. Runs are named by their hour. */
class Reference {
  open: { hour: number; status: 'buffered' | 'queued' | 'running'; asked: boolean }[] = [];
  facts: string[] = [];

  constructor(
    readonly policy: OverlapPolicy,
    readonly cap: number,
  ) {}

  hour(hour: number): void {
    // Half a minute after it was asked to stop, a run is cut off.
    for (const run of this.open.filter((each) => each.asked)) this.close(run, 'cancelled');
    const others = [...this.open];
    if (others.length === 0 || this.policy === 'allow_all') return this.add(hour, 'queued');
    if (this.policy === 'skip') return void this.facts.push(`skipped ${hour}`);
    if (this.policy === 'terminate_other') {
      for (const run of others) this.drop(run, 'cancelled');
      return this.add(hour, 'queued');
    }
    if (this.policy === 'cancel_other') {
      for (const run of others) {
        if (run.status !== 'running') this.drop(run, 'cancelled');
        else if (!run.asked) {
          run.asked = true;
          this.facts.push(`asked ${run.hour}`);
        }
      }
      return this.add(hour, this.open.length > 0 ? 'buffered' : 'queued');
    }
    const waiting = others.filter(({ status }) => status === 'buffered').length;
    if (waiting < (this.policy === 'buffer_one' ? 1 : this.cap)) this.add(hour, 'buffered');
    else this.facts.push(`skipped ${hour}`);
  }

  start(): void {
    const first = this.open.find(({ status }) => status === 'queued');
    if (first === undefined) return;
    first.status = 'running';
    this.facts.push(`started ${first.hour}`);
  }

  end(succeeded: boolean): void {
    const first = this.open.find(({ status }) => status === 'running');
    if (first === undefined) return;
    if (succeeded) return this.close(first, 'succeeded');
    this.facts.push(`failed ${first.hour}`);
    this.close(first, first.asked ? 'cancelled' : 'abandoned');
  }

  private add(hour: number, status: 'buffered' | 'queued'): void {
    this.open.push({ hour, status, asked: false });
    this.facts.push(`${status} ${hour}`);
  }

  private drop(run: (typeof this.open)[number], why: string): void {
    this.open = this.open.filter((each) => each !== run);
    this.facts.push(`${why} ${run.hour}`);
  }

  private close(run: (typeof this.open)[number], why: string): void {
    this.drop(run, why);
    const [next] = this.open;
    if (next === undefined || this.open.some(({ status }) => status !== 'buffered')) return;
    next.status = 'queued';
    this.facts.push(`queued ${next.hour}`);
  }
}

const words: Partial<Record<ScheduleEvent['type'], string>> = {
  RunQueued: 'queued',
  RunBuffered: 'buffered',
  RunStarted: 'started',
  RunSucceeded: 'succeeded',
  RunFailed: 'failed',
  RunAbandoned: 'abandoned',
  RunCancelled: 'cancelled',
  RunCancelRequested: 'asked',
  OccurrenceSkipped: 'skipped',
};

/** The same story, told by the aggregate. */
class Aggregate {
  state: ScheduleState = schedule.initialState;
  facts: string[] = [];
  #hours = new Map<string, number>();

  do(command: ScheduleCommand): void {
    const decision = schedule.decide(command, this.state);
    if (!decision.accepted) throw new Error(decision.rejection.message);
    for (const event of decision.events) {
      this.state = schedule.evolve(this.state, event, command.now);
      const word = words[event.type];
      const data = event.data as { run?: string; nominal?: number };
      const hour =
        data.run === undefined ? ((data.nominal ?? 0) - T0) / HOUR : (this.#hours.get(data.run) ?? -1);
      if (word !== undefined) this.facts.push(`${word} ${hour}`);
    }
  }

  hour(hour: number): void {
    this.#hours.set(hourlyRun(hour), hour);
    this.do(advance(T0 + hour * HOUR));
  }

  get open() {
    return 'open' in this.state ? this.state.open : [];
  }
}

const policies = [
  'skip',
  'buffer_one',
  'buffer_all',
  'cancel_other',
  'terminate_other',
  'allow_all',
] as const;
// oxlint-disable-next-line house/pure -- how long to search is for whoever runs the test to say
const CASES = Number(process.env['OVERLAP_CASES'] ?? 20_000);

describe('overlap policies, against a reference written for the purpose', () => {
  test.each(policies)('%s decides every random story alike', (overlap) => {
    const step = fc.constantFrom('hour', 'start', 'succeed', 'fail');
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.integer({ min: 1, max: 3 }), (steps, bufferCap) => {
        const retry = {
          maxAttempts: 1,
          baseMs: 0,
          factor: 1,
          capMs: 0,
          jitter: 'none',
          budgetMs: 0,
        } as const;
        const reference = new Reference(overlap, bufferCap);
        const aggregate = new Aggregate();
        const never = { autoPause: { failures: 0, days: 1 }, timeoutMs: 1_000 * HOUR };
        aggregate.do(create({ overlap, bufferCap, retry: { ...retry, retryAfterCapMs: 0 }, ...never }));
        let hour = 0;
        for (const what of steps) {
          const now = T0 + hour * HOUR + MINUTE / 10;
          if (what === 'hour') {
            hour += 1;
            reference.hour(hour);
            aggregate.hour(hour);
          } else if (what === 'start') {
            reference.start();
            const queued = aggregate.open.find(({ status }) => status === 'queued');
            if (queued !== undefined) aggregate.do(start(queued.run, now));
          } else {
            reference.end(what === 'succeed');
            const running = aggregate.open.find(({ status }) => status === 'running');
            if (running?.status === 'running')
              aggregate.do((what === 'succeed' ? succeed : fail)(running.run, running.fence, now));
          }
        }
        expect(aggregate.facts).toEqual(reference.facts);
      }),
      { numRuns: Math.ceil(CASES / policies.length) },
    );
  });
});
