import { connectionAggregate, scheduleAggregate } from '#lib/application/actors';
import { connectionStream, scheduleStream } from '#lib/contracts/streams';
/**
 * A paused schedule is not resumed while its connection is suspended: it would only fail again, and be paused anew.
 * Looked up, not decided: a connection that is suspended between this and the command has its schedules paused by its
 * saga. A request that was granted under its key is answered as then.
 */ export async function whyNotResumed(actors, schedule, context) {
    const { tenant } = context;
    const stream = scheduleStream(schedule);
    const { state } = await actors.read(scheduleAggregate, stream, tenant);
    if (state.status !== 'paused') return undefined;
    const { connection } = state.definition;
    const { suspension } = (await actors.read(connectionAggregate, connectionStream(tenant, connection), tenant)).state;
    if (suspension === undefined) return undefined;
    if (await actors.repeated(scheduleAggregate, stream, context) !== undefined) return undefined;
    const { cause, message } = suspension;
    return {
        reason: 'connection_suspended',
        message: `connection ${connection} is suspended (${cause}): ${message}; restore it first`,
        field: 'connection'
    };
}

//# sourceMappingURL=why-not-resumed.js.map