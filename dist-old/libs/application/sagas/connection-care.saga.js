import { connectionAggregate, scheduleAggregate } from '#lib/application/actors';
import { connectionStream, parseStream, scheduleStream } from '#lib/contracts/streams';
import { unreachable } from '#lib/domain/kernel';
const MOST_AWAITED = 1_000;
/**
 * Keeps schedules and their connection in step: consent that is gone suspends the connection, a suspended connection
 * pauses its schedules and says why, a restored one resumes those, and a schedule that ended gives up its claim. One
 * that resumes by itself, at the end of a pause of its own, is paused again while its connection is suspended, as is one
 * whose connection was suspended between its claim and its creation.
 */ export class ConnectionCareSaga {
    /** Schedules that had their claim when their connection was suspended, and did not exist yet. */ #awaited;
    constructor(actors){
        this.actors = actors;
        this.name = 'connection-care';
        this.types = [
            'RunFailed',
            'ScheduleCreated',
            'ScheduleDeleted',
            'ScheduleCompleted',
            'ScheduleResumed',
            'ConnectionSuspended',
            'ConnectionRestored'
        ];
        this.#awaited = new Set();
    }
    handle(event) {
        switch(event.type){
            case 'RunFailed':
                {
                    const cause = suspends(event.data.error.class);
                    return cause === undefined ? undefined : this.#suspend(event, cause, event.data.error.message, event.data.run);
                }
            case 'ScheduleCreated':
                if (!this.#awaited.delete(event.data.id)) return undefined;
                return this.#pauseIfSuspended(event, connectionStream(event.metadata.tenant, event.data.definition.connection));
            case 'ScheduleDeleted':
            case 'ScheduleCompleted':
                return this.#release(event);
            case 'ScheduleResumed':
                return this.#check(event);
            case 'ConnectionSuspended':
                return this.#eachClaimant(event, (schedule)=>this.#onSchedule(schedule, event, {
                        type: 'PauseSchedule',
                        cause: 'connection_suspended',
                        note: event.data.message
                    }));
            case 'ConnectionRestored':
                return this.#eachClaimant(event, (schedule)=>this.#onSchedule(schedule, event, {
                        type: 'ResumeSchedule',
                        cause: 'connection_suspended'
                    }));
            default:
                return unreachable(event);
        }
    }
    #context(event) {
        const { tenant, correlation } = event.metadata;
        return {
            tenant,
            actor: `saga:${this.name}`,
            correlation,
            causation: event.id
        };
    }
    async #connectionOf(event) {
        const { state } = await this.actors.read(scheduleAggregate, event.stream);
        return state.status === 'absent' ? undefined : connectionStream(event.metadata.tenant, state.definition.connection);
    }
    async #suspend(event, cause, message, run) {
        const stream = await this.#connectionOf(event);
        if (stream === undefined) return;
        await this.actors.execute(connectionAggregate, stream, {
            type: 'SuspendConnection',
            cause,
            message,
            run
        }, this.#context(event));
    }
    async #release(event) {
        const stream = await this.#connectionOf(event);
        const schedule = parseStream(event.stream)?.id;
        if (stream === undefined || schedule === undefined) return;
        await this.actors.execute(connectionAggregate, stream, {
            type: 'ReleaseClaim',
            schedule,
            reason: 'schedule_ended'
        }, this.#context(event));
    }
    async #check(event) {
        const stream = await this.#connectionOf(event);
        if (stream !== undefined) await this.#pauseIfSuspended(event, stream);
    }
    async #pauseIfSuspended(event, stream) {
        const schedule = parseStream(event.stream)?.id;
        if (schedule === undefined) return;
        const { suspension } = (await this.actors.read(connectionAggregate, stream)).state;
        if (suspension === undefined) return;
        const pause = {
            type: 'PauseSchedule',
            cause: 'connection_suspended',
            note: suspension.message
        };
        await this.#onSchedule(schedule, event, pause);
    }
    async #eachClaimant(event, act) {
        const { state } = await this.actors.read(connectionAggregate, event.stream);
        // Shown late, after the opposite happened: nothing to do any more.
        if (event.type === 'ConnectionSuspended' !== (state.status === 'suspended')) return;
        for (const claim of state.claims)await act(claim.schedule);
    }
    async #onSchedule(schedule, event, command) {
        const stream = scheduleStream(schedule);
        const answer = await this.actors.execute(scheduleAggregate, stream, command, this.#context(event));
        const absent = !answer.ok && answer.rejection.reason === 'schedule_not_found';
        if (absent && command.type === 'PauseSchedule') this.#await(schedule);
    }
    /** A crash may have left its claim behind: then it never comes, and is forgotten for later ones. */ #await(schedule) {
        this.#awaited.add(schedule);
        if (this.#awaited.size > MOST_AWAITED) this.#awaited.delete([
            ...this.#awaited
        ][0] ?? '');
    }
}
function suspends(errorClass) {
    if (errorClass === 'AUTH_REVOKED') return 'auth_revoked';
    return errorClass === 'PERMISSION' ? 'permission' : undefined;
}

//# sourceMappingURL=connection-care.saga.js.map