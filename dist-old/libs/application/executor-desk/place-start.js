import { isCommandOutage, scheduleAggregate } from '#lib/application/actors';
import { shardLeaseOf } from '#lib/contracts/messages';
import { actorOf } from './actor-of.js';
import { takeSeat } from './grant.js';
/**
 * A run that waited and was admitted is started where an executor is known to have a place: the schedule is asked in the
 * executor's name, and the executor is handed the item with its grant. That saves the offer, the claim and its answer.
 * A schedule whose shard another node holds is left to offers, for its commands meet there.
 */ export function placeStart(options) {
    return (item, admitted)=>{
        if (!options.leases.holds(shardLeaseOf(item.schedule))) return false;
        const seat = options.work.seat(item.provider);
        if (seat === undefined) return false;
        void start(options, seat, item, admitted);
        return true;
    };
}
async function start({ actors, environment, leaseMs, onError }, seat, item, { stream, correlation = environment.ids.next() }) {
    const { run, attempt, tenant } = item;
    const { executor, claim } = seat;
    const command = {
        type: 'StartRun',
        run,
        attempt,
        executor,
        claim
    };
    const context = {
        tenant,
        actor: actorOf(executor),
        correlation
    };
    try {
        const answer = await actors.execute(scheduleAggregate, stream, command, context);
        // Refused: it was cancelled, or another has it. Its events say so to whoever keeps its slots.
        if (!answer.ok) return seat.leave();
        takeSeat(seat, item, answer.state, leaseMs);
    } catch (error) {
        onError(`start ${run}`, error);
        // Should it be stored after all, its claim finds that it was granted.
        if (isCommandOutage(error)) seat.take(item);
        else seat.leave();
    }
}

//# sourceMappingURL=place-start.js.map