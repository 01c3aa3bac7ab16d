import QuickLRU from 'quick-lru';
import { isEventStoreError } from '#lib/event-store/port';
import { Actor } from './actor.js';
import { answerRepeated, done, foreign, outage, shuttingDown, toStranger } from './answers.js';
import { CommandOutage } from './command.js';
import { envelopes } from './envelopes.js';
import { followUpOf } from './follow-up.js';
import { settled } from './settled.js';
import { decideTogether } from './together.js';
const CONFLICT_TRIES = 8;
export class Actors {
    #actors;
    /** Tails of the mailboxes: the promise that the last command of each busy stream settles. */ #mailboxes;
    /** By kind of aggregate. */ #follows;
    #closed;
    constructor(options){
        this.options = options;
        this.#mailboxes = new Map();
        this.#follows = new Map();
        this.#closed = false;
        this.#actors = new QuickLRU({
            maxSize: Math.ceil(options.capacity / 2)
        });
    }
    /** From now on `follow` is asked with each decision of this aggregate what is to be stored with it. */ follow({ kind }, follow) {
        this.#follows.set(kind, follow);
    }
    /** Decides one command. A rejection is an answer; an outage is thrown as {@link CommandOutage}. */ execute(aggregate, stream, command, context) {
        return this.#inTurn(stream, ()=>this.#handle(this.#actor(aggregate, stream), command, context));
    }
    /**
   * The same for a stream whose name was made just now: nothing is read, and should there be one after all, the append
   * finds out and the command is decided again on what it holds.
   */ begin(aggregate, stream, command, context) {
        return this.#inTurn(stream, ()=>{
            const actor = this.#actor(aggregate, stream);
            actor.loaded = true;
            return this.#handle(actor, command, context);
        });
    }
    /** Commands for many streams, decided in one turn: see {@link decideTogether} for which of them are answered. */ async together(aggregate, asked, context) {
        if (this.#closed) throw shuttingDown();
        const now = Math.floor(this.options.environment.clock.now());
        return decideTogether(asked, {
            now,
            context
        }, {
            idle: (stream)=>this.#mailboxes.has(stream) ? undefined : this.#actor(aggregate, stream),
            hold: (stream, turn)=>void this.#mailboxes.set(stream, turn),
            release: (stream, turn)=>this.#release(stream, turn),
            append: (...decided)=>this.#append(...decided)
        });
    }
    /** The state as the log has it now, and the revision it reflects. For another tenant's reader there is nothing. */ read(aggregate, stream, tenant) {
        return this.#inTurn(stream, async ()=>{
            const actor = this.#actor(aggregate, stream);
            if (!actor.loaded || this.shared) await this.#reload(actor);
            if (tenant !== undefined && foreign(actor, {
                tenant
            })) return {
                state: aggregate.decider.initialState,
                revision: -1
            };
            return {
                state: actor.state,
                revision: actor.revision
            };
        });
    }
    /** The answer that a request under its key has had already; undefined: it is a new one, or has no key. */ repeated(aggregate, stream, context) {
        return this.#inTurn(stream, async ()=>{
            const actor = this.#actor(aggregate, stream);
            if (!actor.loaded || this.shared) await this.#reload(actor);
            return answerRepeated(actor, context);
        });
    }
    /** The state of an idle actor that is in memory, at once; undefined says nothing. As of what was last seen of the log. */ peek(_aggregate, stream) {
        const actor = this.#mailboxes.has(stream) ? undefined : this.#actors.peek(stream);
        return actor?.loaded === true ? actor.state : undefined;
    }
    /** Shows an event of the log, so that actors follow what other processes decide. Idle actors only: a busy one finds out. */ observe(event) {
        if (this.#mailboxes.has(event.stream)) return;
        this.#actors.peek(event.stream)?.follow(event);
    }
    /** Waits for every command in a mailbox to be answered; new ones are refused. */ async close() {
        this.#closed = true;
        while(this.#mailboxes.size > 0)await Promise.allSettled(this.#mailboxes.values());
    }
    get size() {
        return this.#actors.size;
    }
    /** Whether others append too, so that there is something to {@link observe}. */ get shared() {
        return this.options.shared === true;
    }
    #actor(aggregate, stream) {
        const known = this.#actors.get(stream);
        if (known !== undefined) return known;
        const actor = new Actor(aggregate, stream);
        this.#actors.set(stream, actor);
        return actor;
    }
    #inTurn(stream, work) {
        if (this.#closed) return Promise.reject(shuttingDown());
        const before = this.#mailboxes.get(stream);
        const turn = before === undefined ? work() : before.then(work, work);
        this.#mailboxes.set(stream, turn);
        const done = ()=>this.#release(stream, turn);
        turn.then(done, done);
        return turn;
    }
    #release(stream, turn) {
        if (this.#mailboxes.get(stream) === turn) this.#mailboxes.delete(stream);
    }
    async #reload(actor) {
        try {
            await actor.load(this.options.store);
        } catch (error) {
            actor.forget();
            throw outage(error);
        }
    }
    async #handle(actor, unstamped, context) {
        // Read in this turn: the answer may rest on it.
        let fresh = !this.shared;
        for(let attempt = 1; attempt <= CONFLICT_TRIES; attempt += 1){
            if (!actor.loaded) {
                await this.#reload(actor);
                fresh = true;
            }
            const now = Math.floor(this.options.environment.clock.now());
            const command = {
                ...unstamped,
                now
            };
            if (foreign(actor, context)) return toStranger(actor.aggregate, command);
            const repeated = answerRepeated(actor, context);
            if (repeated !== undefined) return repeated;
            const decision = actor.aggregate.decider.decide(command, actor.state);
            if (!fresh && (!decision.accepted || decision.events.length === 0)) {
                await this.#reload(actor);
                fresh = true;
                continue;
            }
            if (!decision.accepted) return {
                ok: false,
                rejection: decision.rejection
            };
            const { events } = decision;
            if (events.length === 0) return done(actor, {
                position: 0,
                events,
                at: now
            });
            try {
                const position = await this.#append(actor, events, now, context);
                return done(actor, {
                    position,
                    events,
                    at: now
                });
            } catch (error) {
                if (!isEventStoreError(error, 'wrong_expected_revision')) {
                    actor.forget();
                    throw outage(error);
                }
                // Another process decided first: read what it decided, and decide anew.
                await this.#reload(actor);
                fresh = true;
            }
        }
        throw new CommandOutage('contention', `${actor.stream} changed ${CONFLICT_TRIES} times while the command was being decided; try again`);
    }
    async #append(actor, events, now, context) {
        const { aggregate, stream } = actor;
        const { evolve } = aggregate.decider;
        let { state } = actor;
        for (const event of events)state = evolve(state, event, now);
        const follow = this.#follows.get(aggregate.kind);
        const followUp = followUpOf(follow, aggregate.decider, {
            stream,
            events,
            context
        }, {
            state,
            now
        });
        const followed = followUp && {
            events: followUp.events,
            actor: followUp.asked.actor
        };
        for (const event of followed?.events ?? [])state = evolve(state, event, now);
        const wakeAt = aggregate.wakeAt === undefined ? undefined : aggregate.wakeAt(state) ?? null;
        const nextId = ()=>this.options.environment.ids.next();
        const batch = envelopes({
            events,
            context,
            followed
        }, {
            now,
            wakeAt,
            nextId
        });
        let stored;
        try {
            stored = await settled(this.options, stream, actor.revision, batch);
        } catch (error) {
            followUp?.asked.dropped(!isEventStoreError(error, 'wrong_expected_revision'));
            throw error;
        }
        const { position, revision } = stored;
        actor.state = state;
        actor.tenant ??= context.tenant;
        actor.revision = revision;
        actor.sinceSnapshot += batch.length;
        if (context.idempotency !== undefined) actor.remember({
            ...context.idempotency,
            revision,
            position
        });
        if (actor.sinceSnapshot >= this.options.snapshotEvery) {
            actor.writeSnapshot(this.options.store).catch((error)=>this.options.onSnapshotError?.(stream, error));
        }
        followUp?.asked.stored(state);
        return position;
    }
}

//# sourceMappingURL=actors.js.map