import { DISPATCH_LEASE } from '#lib/contracts/messages';
import { parseStream } from '#lib/contracts/streams';
import { actorOf } from './actor-of.js';
import { takeSeat } from './grant.js';
/** The run that a decision queues, if it is the only one. */ function onlyQueued(events) {
    let found;
    for (const event of events){
        if (event.type !== 'RunQueued') continue;
        if (found !== undefined) return undefined;
        found = event.data;
    }
    return found;
}
/**
 * A run that may start when it is decided starts with the decision: where an executor of this process has a place and
 * admission has nothing against it, `RunQueued` and `RunStarted` are one append. The schedule still decides both, by
 * the same rules; what is saved is the way from one commit to the next, half of the time from due to started. Whatever
 * stands in the way, a limit or somebody who waits, leaves the run queued, to be offered like any other.
 */ export function directStart(options) {
    const { admission, work, leases, environment, leaseMs } = options;
    return ({ stream, events, context: { tenant, correlation } })=>{
        const queued = onlyQueued(events);
        if (queued === undefined || !options.open()) return undefined;
        const { run, attempt, user, connection, provider, priority } = queued;
        const schedule = parseStream(stream)?.id ?? '';
        const now = environment.clock.now();
        const about = {
            run,
            schedule,
            tenant,
            user,
            connection,
            provider,
            priority,
            attempt
        };
        const seat = work.seat(provider);
        if (seat === undefined) return undefined;
        if (!admission.reserve({
            ...about,
            stream,
            correlation,
            queuedAt: now
        }, now)) {
            seat.leave();
            return undefined;
        }
        const item = {
            ...about,
            epoch: leases.epoch(DISPATCH_LEASE),
            repeat: 0
        };
        const { executor, claim } = seat;
        return {
            command: {
                type: 'StartRun',
                run,
                attempt,
                executor,
                claim
            },
            actor: actorOf(executor),
            stored: (state)=>takeSeat(seat, item, state, leaseMs),
            dropped: (unknown)=>{
                admission.release(run, attempt);
                // Should both be stored after all, its claim finds that it was granted.
                if (unknown) seat.take(item);
                else seat.leave();
            }
        };
    };
}

//# sourceMappingURL=direct-start.js.map