import { isLiving } from '#lib/domain/schedule';
/** An executor holds it, whoever that is. */ export function runningIn(state, run) {
    const open = isLiving(state) ? state.open.find((candidate)=>candidate.run === run) : undefined;
    return open?.status === 'running' ? open : undefined;
}
/** What whoever holds the run is told: the fence, and what to do. */ export function grantOf(state, run, leaseMs) {
    const open = runningIn(state, run);
    if (!isLiving(state) || open === undefined) return {
        granted: false,
        reason: 'run_not_open'
    };
    const { fence, deadline, operation, nominal } = open;
    const carried = operation === 'incremental_sync' || state.syncedBy === run ? state.syncState : undefined;
    return {
        granted: true,
        fence,
        deadline,
        operation,
        nominal,
        leaseMs,
        ...carried === undefined ? {} : {
            state: carried
        }
    };
}
/** Begins the attempt where a place was held for it: granted, where the state says so. */ export function takeSeat(seat, item, state, leaseMs) {
    const grant = grantOf(state, item.run, leaseMs);
    seat.take(item, grant.granted ? grant : undefined);
}

//# sourceMappingURL=grant.js.map