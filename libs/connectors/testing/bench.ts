import { randomUUID } from 'node:crypto';
import type { Instant, Millis } from '#lib/domain/kernel';
import type { OperationType } from '#lib/domain/schedule';
import type { Environment, RecordCounts, SyncContext, SyncTask } from '#lib/ports';

/** A clock that stands until moved, and timers that call soon: for specs of connectors. */
export class ManualClock {
  constructor(public instant: Instant = Date.parse('2026-11-20T12:00:00Z')) {}

  move(by: Millis): void {
    this.instant += by;
  }

  /** Timers fire after a few real milliseconds whatever their delay: whoever is called re-reads the clock anyway. */
  environment(): Environment {
    return {
      clock: { now: () => this.instant, monotonic: () => this.instant },
      timers: {
        after: (delay, callback) => {
          const timer = setTimeout(callback, Math.min(delay, 3));
          return () => clearTimeout(timer);
        },
        soon: (callback) => void setImmediate(callback),
      },
      random: { fraction: () => 0.5 },
      ids: { next: () => randomUUID() },
    };
  }
}

export function taskOf(
  operation: OperationType,
  state: object | undefined,
  more: Partial<SyncTask> = {},
): SyncTask {
  return {
    tenant: 'default',
    schedule: 'schedule-1',
    run: 'run-1',
    attempt: 1,
    fence: 1,
    user: 'user-1',
    connection: 'connection-1',
    provider: 'spotify',
    operation,
    nominal: 0,
    state,
    ...more,
  };
}

/** A scheduler's side of an attempt that writes down what it is told. */
export class RecordingContext implements SyncContext {
  readonly checkpoints: { readonly state: object; readonly counts: RecordCounts }[] = [];
  readonly ticks: number[] = [];
  readonly abort = new AbortController();
  readonly signal = this.abort.signal;
  readonly deadline = Number.MAX_SAFE_INTEGER;

  constructor(private readonly onCheckpoint: (state: object) => void | Promise<void> = () => undefined) {}

  async checkpoint(state: object, counts: RecordCounts): Promise<void> {
    this.checkpoints.push({ state, counts });
    await this.onCheckpoint(state);
  }

  progress(done: number): void {
    this.ticks.push(done);
  }
}
