import { webhookAggregate } from '#lib/application/actors';
import { isOutage } from '#lib/application/sagas';
import { webhookStream } from '#lib/contracts/streams';
import { isDeepStrictEqual } from '#lib/domain/kernel';
import { isFailing, isHeld, MOST_PENDING, wantsType } from '#lib/domain/webhook';
import { Bell } from './bell.js';
import { NewsLane, ReplayLane } from './lanes.js';
import { firstTry, prepare, sendAll } from './sending.js';
import { unheard } from './unheard-change.js';
import { widened } from './widened.js';
import { Widening } from './widening.js';
/** Messages that are under way to a healthy endpoint at once; one that has yet to show that it is begins with one. */ const MOST_AT_ONCE = 16;
const PAUSE = 500;
const GRACE = 3_000;
/**
 * One endpoint: loops of which one tells what is new and what is replayed, one asks for what a wider filter wants of what
 * has passed, and one tries again what failed.
 * What becomes of each try is a command to the endpoint's actor, and nothing that matters is kept here:
 *
 *     news ──(1 … 16 at once)──► taken │ pending ──(by the table)──► taken │ pending │ dead letter
 *
 * After five failures in a row nothing new is begun: what was begun is tried again by its table, one at a time, until
 * something is taken. The log is the queue, so an outage of the receiver costs neither memory nor messages.
 */ export class Endpoint {
    #abort;
    #bell;
    #replays;
    #state;
    #news;
    #running;
    /** By which events are looked through: it changes where the log says so, whatever is known of the state. */ #judgedBy;
    /** What has passed by the words of before is asked for there; undefined: it has not begun. */ #widening;
    #stopping;
    #atOnce;
    /** The receiver asked to be left alone until then. */ #notBefore;
    constructor(id, tenant, parts){
        this.id = id;
        this.tenant = tenant;
        this.parts = parts;
        this.#abort = new AbortController();
        this.#replays = new Map();
        this.#state = {
            status: 'none'
        };
        this.#running = Promise.resolve();
        this.#judgedBy = {};
        this.#stopping = false;
        this.#atOnce = 1;
        this.#notBefore = Number.NEGATIVE_INFINITY;
        /** Its definition holds while it is disabled too: what it is to be told of waits in the log. */ this.#wants = ({ metadata, type })=>metadata.tenant === this.tenant && wantsType(this.#judgedBy, type);
        this.#bell = new Bell(parts.environment);
    }
    /** @param place where an earlier life of it had come to, if that is known */ start(place) {
        this.#running = this.#run(place);
    }
    /** What is under way may come to its end for a while. */ async stop() {
        this.#stopping = true;
        this.#bell.ring();
        const cancel = this.parts.environment.timers.after(GRACE, ()=>this.#abort.abort());
        await this.#running;
        cancel();
        this.#abort.abort();
    }
    /** Something was decided about it, at a position of the log: whoever did that wants to see what it does. */ changed(at) {
        this.#notBefore = Number.NEGATIVE_INFINITY;
        void this.#again(()=>this.#refresh()).then(()=>this.#wantMore(at));
    }
    /** What it wants since then, and what has passed already by the words of before, is delivered by name. */ #wantMore(at) {
        if (!('id' in this.#state)) return;
        const { definition, version } = this.#state;
        const { tenant, parts } = this;
        const filters = {
            before: this.#judgedBy,
            now: definition.filter
        };
        this.#judgedBy = filters.now;
        const through = this.#news?.considered ?? 0;
        const wider = (after)=>widened(filters, {
                after: Math.max(at, after),
                through
            }, tenant, parts);
        const same = isDeepStrictEqual(filters.before, filters.now);
        this.#widening?.heard(version, through > at && !same ? wider : undefined);
        this.#bell.ring();
    }
    offer(events, position) {
        if (this.#news?.offer(events, position) === true) this.#bell.ring();
    }
    /** Where a restart may begin; undefined: that is not known yet. */ get safe() {
        return this.#news?.safe;
    }
    /** By which version of it that was judged; undefined: see {@link safe}. */ get version() {
        return this.#widening?.version;
    }
    /** It has been told everything that the feed has given. */ get idle() {
        return this.#news?.idle === true;
    }
    #wants;
    get #active() {
        return 'id' in this.#state && this.#state.status === 'active' ? this.#state : undefined;
    }
    async #run({ after, version }) {
        await this.#again(()=>this.#refresh());
        if (!('id' in this.#state)) return;
        const state = this.#state;
        this.#judgedBy = state.definition.filter;
        const { store, fed } = this.parts;
        const begin = Math.max(after, state.through);
        this.#news = new NewsLane(begin, store, this.#wants, fed);
        this.#widening = new Widening(version);
        this.#widening.heard(state.version, unheard(state, {
            since: version,
            begin
        }, this.tenant, this.parts));
        const rounds = [
            ()=>this.#tellNews(),
            ()=>this.#tellMore(),
            ()=>this.#tryAgain()
        ];
        await Promise.all(rounds.map((round)=>this.#loop(round)));
    }
    async #refresh() {
        const { state } = await this.parts.actors.read(webhookAggregate, webhookStream(this.id));
        this.#know(state);
        this.#bell.ring();
    }
    /** A version that changed no words is settled with the one before. */ #know(state) {
        this.#state = state;
        if (!('id' in state) || state.version === this.#widening?.version) return;
        if (isDeepStrictEqual(state.definition.filter, this.#judgedBy)) this.#widening?.heard(state.version);
    }
    async #loop(round) {
        while(!this.#stopping){
            const heard = this.#bell.rung;
            const next = await this.#again(round);
            if (this.#stopping) return;
            // Others have their turn, however much there is to look through.
            if (next === 'at once') await new Promise((resolve)=>this.parts.environment.timers.soon(resolve));
            else await this.#bell.sleep(next, this.#abort.signal, heard);
        }
    }
    /** While the store is away, and whatever else goes wrong here, again later; undefined once it is stopped. */ async #again(work) {
        const { signal } = this.#abort;
        const { environment, onError } = this.parts;
        while(!signal.aborted){
            try {
                return await work();
            } catch (error) {
                if (!signal.aborted && !isOutage(error)) onError(`webhooks ${this.id}`, error);
                await this.#bell.sleep(environment.clock.now() + PAUSE, signal);
            }
        }
        return undefined;
    }
    /** What is new, and of each replay, as much as may be under way at once. */ async #tellNews() {
        const webhook = this.#active;
        if (webhook === undefined || this.#news === undefined || isHeld(webhook)) return undefined;
        if (this.parts.environment.clock.now() < this.#notBefore) return this.#notBefore;
        let told = await this.#tell(this.#news);
        for (const { id, through, upTo } of webhook.replays){
            const known = this.#replays.get(id);
            const lane = known ?? new ReplayLane({
                id,
                after: through,
                upTo
            }, this.parts.store, this.#wants);
            this.#replays.set(id, lane);
            told = await this.#tell(lane) || told;
        }
        return told ? 'at once' : undefined;
    }
    /** What is wanted since its words changed: no more of it at once than leaves room for what is new. */ async #tellMore() {
        if (!('id' in this.#state) || this.#state.pending.length >= MOST_PENDING / 2) return undefined;
        const delivery = await this.#widening?.next();
        if (delivery === undefined) return undefined;
        await this.#execute({
            type: 'RedeliverEvent',
            delivery
        });
        this.#widening?.told();
        return 'at once';
    }
    /** Whether there was anything. */ async #tell(lane) {
        const webhook = this.#active;
        if (webhook === undefined || isHeld(webhook)) return false;
        const taken = await lane.take(isFailing(webhook) ? 1 : this.#atOnce);
        if (taken === undefined) return false;
        const { events, through, over = false } = taken;
        // Whoever enabled it again may have wanted to skip some.
        const wanted = lane.replay === undefined ? events.filter((event)=>event.position > webhook.through) : events;
        const due = wanted.map((event)=>firstTry(event, lane.replay));
        if (!await this.#send(due, webhook, through)) return false;
        lane.settled();
        if (over && lane.replay !== undefined) {
            await this.#again(()=>this.#execute({
                    type: 'CompleteWebhookReplay',
                    replay: lane.replay ?? ''
                }));
            this.#replays.delete(lane.replay);
        }
        return true;
    }
    /** What is due of what failed: as much as may be at once, or the first while nothing is taken. */ async #tryAgain() {
        const webhook = this.#active;
        const now = this.parts.environment.clock.now();
        if (now < this.#notBefore) return this.#notBefore;
        const byTime = webhook?.pending.toSorted((one, other)=>one.retryAt - other.retryAt) ?? [];
        const due = byTime.filter(({ retryAt })=>retryAt <= now);
        if (webhook === undefined || due.length === 0) return byTime[0]?.retryAt;
        const window = due.slice(0, isFailing(webhook) ? 1 : this.#atOnce);
        await this.#send(await Promise.all(window.map((pending)=>this.#dueAgain(pending))), webhook);
        return 'at once';
    }
    async #dueAgain({ retryAt: _, ...pending }) {
        const { stream, revision, attempt } = pending;
        const [event] = await this.parts.store.readStream(stream, {
            from: revision,
            limit: 1
        });
        return {
            event,
            isNew: false,
            delivery: {
                ...pending,
                attempt: attempt + 1
            }
        };
    }
    /** Sends, and tells the actor. False: it was stopped before that was stored, and all of it will be sent again. */ async #send(due, webhook, through) {
        const { sender, subjects, environment, onAttempt } = this.parts;
        const { signal } = this.#abort;
        const prepared = await this.#again(()=>prepare(due, webhook, this.tenant, subjects));
        if (prepared === undefined) return false;
        const attempts = await this.#again(()=>sendAll(prepared, sender, environment, signal));
        if (attempts === undefined) return false;
        if (attempts.length === 0) return true;
        for (const attempt of attempts)onAttempt(attempt);
        this.#adapt(attempts);
        const report = {
            type: 'ReportDeliveries',
            attempts,
            through
        };
        return await this.#again(()=>this.#execute(report)) === true;
    }
    /** Twice as many at once where all were taken, one where one was not; and when it may be asked again at all. */ #adapt(attempts) {
        const taken = attempts.every(({ result })=>result.kind === 'delivered');
        this.#atOnce = taken ? Math.min(MOST_AT_ONCE, this.#atOnce * 2) : 1;
        const now = this.parts.environment.clock.now();
        for (const { result } of attempts)if (result.kind === 'failed' && result.retryAfterMs !== undefined) this.#notBefore = Math.max(this.#notBefore, now + result.retryAfterMs);
    }
    async #execute(command) {
        const { actors, environment } = this.parts;
        const context = {
            tenant: this.tenant,
            actor: 'webhooks',
            correlation: environment.ids.next()
        };
        const answer = await actors.execute(webhookAggregate, webhookStream(this.id), command, context);
        if (answer.ok) this.#know(answer.state);
        this.#bell.ring();
        return true;
    }
}

//# sourceMappingURL=endpoint.js.map