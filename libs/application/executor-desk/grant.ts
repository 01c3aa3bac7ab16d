import type { ClaimAnswer, WorkItem } from '#lib/contracts/messages';
import type { Millis } from '#lib/domain/kernel';
import { isLiving, type RunningRun, type ScheduleState } from '#lib/domain/schedule';
import type { Seat } from '#lib/messaging/port';

/** An executor holds it, whoever that is. */
export function runningIn(state: ScheduleState, run: string): RunningRun | undefined {
  const open = isLiving(state) ? state.open.find((candidate) => candidate.run === run) : undefined;
  return open?.status === 'running' ? open : undefined;
}

/** What whoever holds the run is told: the fence, and what to do. */
export function grantOf(state: ScheduleState, run: string, leaseMs: Millis): ClaimAnswer {
  const open = runningIn(state, run);
  if (!isLiving(state) || open === undefined) return { granted: false, reason: 'run_not_open' };
  const { fence, deadline, operation, nominal } = open;
  const carried = operation === 'incremental_sync' || state.syncedBy === run ? state.syncState : undefined;
  return {
    granted: true,
    fence,
    deadline,
    operation,
    nominal,
    leaseMs,
    ...(carried === undefined ? {} : { state: carried }),
  };
}

/** Begins the attempt where a place was held for it: granted, where the state says so. */
export function takeSeat(seat: Seat, item: WorkItem, state: ScheduleState, leaseMs: Millis): void {
  const grant = grantOf(state, item.run, leaseMs);
  seat.take(item, grant.granted ? grant : undefined);
}
