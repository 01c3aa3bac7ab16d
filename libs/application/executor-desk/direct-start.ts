import type { Follow } from '#lib/application/actors';
import type { Admission } from '#lib/application/admission';
import { DISPATCH_LEASE } from '#lib/contracts/messages';
import { parseStream } from '#lib/contracts/streams';
import type { DomainEvent, Millis } from '#lib/domain/kernel';
import type { ScheduleCommand, ScheduleEvent, ScheduleState } from '#lib/domain/schedule';
import type { WorkDistribution } from '#lib/messaging/port';
import type { Environment, Leases } from '#lib/ports';
import { actorOf } from './actor-of.js';
import { takeSeat } from './grant.js';

export type DirectStartOptions = {
  readonly admission: Admission;
  readonly work: WorkDistribution;
  readonly leases: Leases;
  readonly environment: Environment;
  readonly leaseMs: Millis;
  /** Nothing that waits could start instead. */
  readonly open: () => boolean;
};

type Queued = Extract<ScheduleEvent, { type: 'RunQueued' }>['data'];

/** The run that a decision queues, if it is the only one. */
function onlyQueued(events: readonly DomainEvent[]): Queued | undefined {
  let found: Queued | undefined;
  for (const event of events) {
    if (event.type !== 'RunQueued') continue;
    if (found !== undefined) return undefined;
    found = event.data as Queued;
  }
  return found;
}

/**
 * A run that may start when it is decided starts with the decision: where an executor of this process has a place and
 * admission has nothing against it, `RunQueued` and `RunStarted` are one append. The schedule still decides both, by
 * the same rules; what is saved is the way from one commit to the next, half of the time from due to started. Whatever
 * stands in the way, a limit or somebody who waits, leaves the run queued, to be offered like any other.
 */
export function directStart(options: DirectStartOptions): Follow<ScheduleState, ScheduleCommand> {
  const { admission, work, leases, environment, leaseMs } = options;
  return ({ stream, events, context: { tenant, correlation } }) => {
    const queued = onlyQueued(events);
    if (queued === undefined || !options.open()) return undefined;
    const { run, attempt, user, connection, provider, priority } = queued;
    const schedule = parseStream(stream)?.id ?? '';
    const now = environment.clock.now();
    const about = { run, schedule, tenant, user, connection, provider, priority, attempt };
    const seat = work.seat(provider);
    if (seat === undefined) return undefined;
    if (!admission.reserve({ ...about, stream, correlation, queuedAt: now }, now)) {
      seat.leave();
      return undefined;
    }
    const item = { ...about, epoch: leases.epoch(DISPATCH_LEASE), repeat: 0 };
    const { executor, claim } = seat;
    return {
      command: { type: 'StartRun', run, attempt, executor, claim },
      actor: actorOf(executor),
      stored: (state) => takeSeat(seat, item, state, leaseMs),
      dropped: (unknown) => {
        admission.release(run, attempt);
        // Should both be stored after all, its claim finds that it was granted.
        if (unknown) seat.take(item);
        else seat.leave();
      },
    };
  };
}
