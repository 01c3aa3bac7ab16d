import { conflictAggregate, scheduleAggregate } from '#lib/application/actors';
import { conflictStream, parseStream } from '#lib/contracts/streams';
import { conflictId } from '#lib/domain/conflict';
import { iso, unreachable } from '#lib/domain/kernel';
import QuickLRU from 'quick-lru';
/**
 * Raises a conflict when runs of a schedule get in each other's way, and settles it when the schedule is changed or
 * ends. The same conflict is raised once, however often it shows: its stream is named after its kind and parties.
 */ export class ConflictWatchSaga {
    /** Conflicts that are known to be open, so that each further skip costs nothing. */ #open;
    constructor(actors){
        this.actors = actors;
        this.name = 'conflict-watch';
        this.types = [
            'OccurrenceSkipped',
            'ScheduleUpdated',
            'ScheduleDeleted',
            'ScheduleCompleted',
            'ConflictResolved'
        ];
        this.#open = new QuickLRU({
            maxSize: 50_000
        });
    }
    handle(event) {
        switch(event.type){
            case 'OccurrenceSkipped':
                {
                    const inTheWay = event.data.reason === 'overlap' || event.data.reason === 'buffer_full';
                    return inTheWay ? this.#overlap(event, scheduleOf(event), event.data) : undefined;
                }
            case 'ScheduleUpdated':
                return this.#resolve(event, scheduleOf(event), 'schedule_changed');
            case 'ScheduleDeleted':
            case 'ScheduleCompleted':
                return this.#resolve(event, scheduleOf(event), 'schedule_ended');
            case 'ConflictResolved':
                // By whomever: what shows again after it is raised again.
                this.#open.delete(event.data.id);
                return undefined;
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
    async #overlap(event, schedule, skipped) {
        const id = conflictId('overlap', schedule);
        if (this.#open.has(id)) return;
        const { state } = await this.actors.read(scheduleAggregate, event.stream);
        if (state.status === 'absent') return;
        const { user, connection, provider } = state.definition;
        const message = `the occurrence of ${iso(skipped.nominal)} was skipped (${skipped.reason}) because run ${skipped.by ?? ''} was still open: runs take longer than the schedule's interval, or wait too long to start`;
        const command = {
            type: 'DetectConflict',
            id,
            kind: 'overlap',
            schedules: [
                schedule
            ],
            user,
            connection,
            provider,
            message
        };
        await this.actors.execute(conflictAggregate, conflictStream(id), command, this.#context(event));
        this.#open.set(id, true);
    }
    async #resolve(event, schedule, resolution) {
        for (const kind of [
            'overlap',
            'duplicate'
        ]){
            const id = conflictId(kind, schedule);
            this.#open.delete(id);
            await this.actors.execute(conflictAggregate, conflictStream(id), {
                type: 'ResolveConflict',
                id,
                resolution
            }, this.#context(event));
        }
    }
}
const scheduleOf = (event)=>parseStream(event.stream)?.id ?? '';

//# sourceMappingURL=conflict-watch.saga.js.map