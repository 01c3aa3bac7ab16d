import { parkingAggregate } from '#lib/application/actors';
import { parkingStream } from '#lib/contracts/streams';
import { parkingId, reasonOf } from '#lib/domain/parking';
/** Stores that a handler could not take an event. Doing it again, while it is parked, changes nothing. */ export async function park(actors, facts, error, context) {
    const id = parkingId(facts.handler, facts.position);
    const command = {
        type: 'ParkEvent',
        ...facts,
        id,
        reason: reasonOf(error)
    };
    await actors.execute(parkingAggregate, parkingStream(id), command, context);
}
/** What a runner's sagas could not take. The event may be one that nobody can read, its metadata included. */ export function parkEvent(actors, handler, event, error) {
    const { id, stream, revision, position, type: eventType } = event;
    const { tenant, correlation } = event.metadata;
    const context = {
        tenant: typeof tenant === 'string' ? tenant : 'default',
        actor: `saga:${handler}`,
        correlation: typeof correlation === 'string' ? correlation : id,
        causation: id
    };
    return park(actors, {
        handler,
        stream,
        revision,
        position,
        eventType
    }, error, context);
}

//# sourceMappingURL=parking.js.map