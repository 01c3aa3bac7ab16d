import { conflictAggregate, connectionAggregate, scheduleAggregate } from '#lib/application/actors';
import { conflictStream, connectionStream, scheduleStream } from '#lib/contracts/streams';
import { conflictId } from '#lib/domain/conflict';
import { MINUTE } from '#lib/domain/kernel';
import { BatchCreation } from './create-schedules.js';
import { derivedId, idFor } from './id-for.js';
/** A claim whose schedule still does not exist after this long was left behind by a crash between the two appends. */ const ORPHANED_AFTER = MINUTE / 2;
/**
 * Creates a schedule in two steps, each one append: the connection is claimed, which refuses a duplicate whoever
 * races, and then the schedule exists. A crash in between leaves a claim without a schedule; whoever meets it next
 * gives it back. Repeating the request with its idempotency key does both steps again, and finds them done.
 */ export class ScheduleCreation {
    #batches;
    constructor(actors, environment){
        this.actors = actors;
        this.environment = environment;
        const single = ({ id, definition }, as)=>this.create(id, definition, as);
        this.#batches = new BatchCreation(actors, environment, single);
    }
    /** With an idempotency key the id follows from it, so that a repeated request names the same schedule. */ scheduleId(context) {
        return idFor(context, this.environment);
    }
    /**
   * The same for a batch: the item's place in it takes the last four digits. So the ids of a batch are neighbours in
   * the log's index of streams, and storing them touches few of its pages.
   */ scheduleIds(context, count) {
        const { tenant, idempotency } = context;
        const first = derivedId(`${tenant}\n${idempotency?.key ?? this.environment.ids.next()}\nbatch`);
        return Array.from({
            length: count
        }, (_, index)=>`${first.slice(0, -4)}${index.toString(16).padStart(4, '0')}`);
    }
    /**
   * Many at once, each in the same two steps and with an answer of its own, in the order given. Repeating the request
   * with its idempotency key finds done what was done. @throws {CommandOutage} when all there is to answer are outages.
   */ createMany(items, context) {
        return this.#batches.create(items, context);
    }
    /** Those that no earlier request with the same key made: what one made is not judged again, or it were refused for what it did. */ async fresh(items, context) {
        if (context.idempotency === undefined) return items;
        const made = await this.#batches.made(items);
        return items.filter(({ id })=>!made.has(id));
    }
    async create(id, definition, context) {
        const stream = scheduleStream(id);
        const command = {
            type: 'CreateSchedule',
            id,
            definition
        };
        if (context.idempotency !== undefined) {
            const { state } = await this.actors.read(scheduleAggregate, stream);
            if (state.status !== 'absent') return this.actors.execute(scheduleAggregate, stream, command, context);
        }
        const refused = await this.#claim(id, definition, context);
        if (refused !== undefined) return {
            ok: false,
            rejection: refused
        };
        return this.actors.begin(scheduleAggregate, stream, command, context);
    }
    async #claim(id, definition, context) {
        const stream = connectionStream(context.tenant, definition.connection);
        const { idempotency: _, ...unkeyed } = context;
        const { operation, user, provider } = definition;
        const claim = ()=>this.actors.execute(connectionAggregate, stream, {
                type: 'ClaimConnection',
                schedule: id,
                operation,
                user,
                provider
            }, unkeyed);
        const first = await claim();
        if (first.ok) return undefined;
        const holder = first.rejection.details?.['schedule'];
        if (first.rejection.reason !== 'duplicate_schedule' || typeof holder !== 'string') return first.rejection;
        if (await this.#orphaned(holder, first.rejection)) {
            await this.actors.execute(connectionAggregate, stream, {
                type: 'ReleaseClaim',
                schedule: holder,
                reason: 'never_created'
            }, unkeyed);
            const second = await claim();
            if (second.ok) return undefined;
        }
        await this.#recordDuplicate(holder, definition, first.rejection, unkeyed);
        return first.rejection;
    }
    async #orphaned(holder, rejection) {
        const claimedAt = rejection.details?.['claimedAt'];
        if (typeof claimedAt !== 'number' || this.environment.clock.now() - claimedAt < ORPHANED_AFTER) return false;
        const { state } = await this.actors.read(scheduleAggregate, scheduleStream(holder));
        return state.status === 'absent' || state.status === 'deleted';
    }
    async #recordDuplicate(holder, definition, rejection, context) {
        const conflict = conflictId('duplicate', holder);
        const { user, connection, provider } = definition;
        const facts = {
            id: conflict,
            kind: 'duplicate',
            schedules: [
                holder
            ],
            user,
            connection,
            provider,
            message: rejection.message
        };
        await this.actors.execute(conflictAggregate, conflictStream(conflict), {
            type: 'DetectConflict',
            ...facts
        }, context);
    }
}

//# sourceMappingURL=create-schedule.js.map