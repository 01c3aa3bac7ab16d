import TinyQueue from 'tinyqueue';
import { scheduleAggregate } from '#lib/application/actors';
import { shardLeaseOf, shardLeases } from '#lib/contracts/messages';
import { parseStream, scheduleStream } from '#lib/contracts/streams';
import { MINUTE, SECOND } from '#lib/domain/kernel';
import { wakeAt } from '#lib/domain/schedule';
const HORIZON = 5 * MINUTE;
const REFILL = 2 * MINUTE;
const LONGEST = SECOND;
/** Wake-ups that follow each other within so many milliseconds are not worth being on time for to a fraction of one. */ const DENSE = 20;
/** Advances in flight: enough to fill group commits, few enough to leave room for everybody else. */ const IN_FLIGHT = 512;
const FAILURE_PAUSE = SECOND;
const PAGE = 10_000;
/** Wake-ups taken from the index in one go: a million overdue ones must not hold up the first; fewer at the start. */ const MOST = 20_000;
const AT_THE_START = 2_000;
const idOf = (stream)=>parseStream(stream)?.id ?? '';
export class TimingSaga {
    #heap;
    /** The wake-up that counts for each schedule's stream; heap entries that differ are stale. */ #current;
    #advancing;
    /** Whatever is due before is in memory, where this node is to see to it. */ #horizon;
    /** More is due than was taken: the rest is fetched when half of it is done. */ #more;
    /** Most that the last refill took; 0: there was none yet. */ #taken;
    #seen;
    #cancel;
    #forget;
    #armedFor;
    #refillAt;
    #stopped;
    constructor(options){
        this.options = options;
        this.name = 'timing';
        this.#heap = new TinyQueue([], (a, b)=>a.wakeAt - b.wakeAt);
        this.#current = new Map();
        this.#advancing = new Set();
        this.#horizon = 0;
        this.#more = false;
        this.#taken = 0;
        this.#seen = 0;
        this.#armedFor = Number.POSITIVE_INFINITY;
        this.#refillAt = 0;
        this.#stopped = false;
    }
    start() {
        this.#refill();
        this.#fire();
        const { leases, environment } = this.options;
        this.#forget = leases.onChange(()=>this.#refillSoon(environment.clock.now()));
    }
    async stop() {
        this.#stopped = true;
        this.#cancel?.();
        this.#forget?.();
        while(this.#advancing.size > 0)await new Promise((resolve)=>this.options.environment.timers.soon(resolve));
    }
    /** Wake-ups in memory. */ get size() {
        return this.#current.size;
    }
    handle(event) {
        this.#seen = event.position;
        const at = event.metadata.wakeAt;
        if (at === undefined) return;
        const { stream, metadata } = event;
        this.#set({
            stream,
            tenant: metadata.tenant,
            wakeAt: at ?? Number.POSITIVE_INFINITY
        });
    }
    /** How many it added: one or none. */ #set(due) {
        const { stream, wakeAt: at } = due;
        if (at >= this.#horizon) {
            this.#current.delete(stream);
            return 0;
        }
        if (this.#current.get(stream) === at) return 0;
        this.#current.set(stream, at);
        this.#heap.push(due);
        if (at < this.#armedFor) this.#arm(at);
        return 1;
    }
    #refill() {
        const now = this.options.environment.clock.now();
        this.#horizon = now + HORIZON;
        this.#refillAt = now + REFILL;
        this.#more = false;
        if (!shardLeases.some((shard)=>this.options.leases.holds(shard))) return;
        const most = this.#taken === 0 ? AT_THE_START : MOST;
        this.#taken = most;
        let added = 0;
        let after;
        for(;;){
            const page = this.options.index.wakeUpsBefore(this.#horizon, Math.min(PAGE, most), after);
            for (const wakeUp of page)added += this.#setIndexed(wakeUp);
            const last = page.at(-1);
            if (last === undefined || page.length < Math.min(PAGE, most)) return;
            if (added >= most) {
                this.#horizon = last.wakeAt;
                this.#more = true;
                return;
            }
            after = {
                wakeAt: last.wakeAt,
                schedule: last.schedule
            };
        }
    }
    /** What the log said since is newer than the index; and other nodes see to their own. */ #setIndexed({ schedule, tenant, wakeAt: at }) {
        const stream = scheduleStream(schedule);
        const wanted = !this.#current.has(stream) && !this.#advancing.has(stream) && this.#holds(schedule);
        return wanted ? this.#set({
            stream,
            tenant,
            wakeAt: at
        }) : 0;
    }
    #holds(schedule) {
        return this.options.leases.holds(shardLeaseOf(schedule));
    }
    #arm(at) {
        if (this.#stopped) return;
        this.#cancel?.();
        this.#armedFor = at;
        const { clock, timers } = this.options.environment;
        const left = at - clock.now();
        // Where wake-ups are dense, somebody is always about to be due: on time for each would be at work all the time.
        const fine = left > DENSE && left <= LONGEST && at === this.#heap.peek()?.wakeAt;
        const delay = Math.min(Math.max(left, 0), LONGEST);
        this.#cancel = timers.after(delay, ()=>this.#fire(), fine ? 'fine' : undefined);
    }
    #fire() {
        if (this.#stopped) return;
        this.#armedFor = Number.POSITIVE_INFINITY;
        const now = this.options.environment.clock.now();
        // A clock set back leaves the next refill too far ahead: bring it near again.
        if (now >= this.#refillAt || this.#refillAt - now > REFILL) this.#refillSoon(now);
        this.#advanceDue(now);
        const next = this.#heap.peek();
        this.#arm(next === undefined || this.#advancing.size >= IN_FLIGHT ? now + LONGEST : next.wakeAt);
    }
    #refillSoon(now) {
        this.#refillAt = now + REFILL;
        this.#more = false;
        this.options.indexed(this.#seen).then(()=>{
            if (this.#stopped) return;
            this.#refill();
            this.#arm(this.options.environment.clock.now());
        }, (error)=>this.options.onError('(index)', error));
    }
    #advanceDue(now) {
        if (this.#more && this.#heap.length < this.#taken / 2) this.#refillSoon(now);
        while(this.#advancing.size < IN_FLIGHT){
            const due = this.#heap.peek();
            if (due === undefined || due.wakeAt > now) return;
            this.#heap.pop();
            if (this.#current.get(due.stream) !== due.wakeAt) continue;
            this.#current.delete(due.stream);
            if (this.#advancing.has(due.stream)) continue;
            if (this.#holds(idOf(due.stream))) void this.#advance(due);
        }
    }
    async #advance({ stream, tenant }) {
        const { actors, environment, onError } = this.options;
        this.#advancing.add(stream);
        let again;
        try {
            const command = {
                type: 'AdvanceSchedule',
                fraction: environment.random.fraction()
            };
            const context = {
                tenant,
                actor: 'saga:timing',
                correlation: environment.ids.next()
            };
            const answer = await actors.execute(scheduleAggregate, stream, command, context);
            if (answer.ok) again = wakeAt(answer.state);
            // Nothing was due after all, and still it wants to be woken now: not at once, or it would spin.
            if (answer.ok && answer.events.length === 0 && again !== undefined) again = Math.max(again, environment.clock.now() + FAILURE_PAUSE / 10);
        } catch (error) {
            again = environment.clock.now() + FAILURE_PAUSE;
            // The first word is a metric's label: no id.
            onError(`advance ${idOf(stream)}`, error);
        } finally{
            this.#advancing.delete(stream);
        }
        if (again !== undefined) this.#set({
            stream,
            tenant,
            wakeAt: again
        });
        if (this.#advancing.size >= IN_FLIGHT / 2 || this.#stopped) return;
        this.#advanceDue(environment.clock.now());
        const next = this.#heap.peek();
        if (next !== undefined && next.wakeAt < this.#armedFor && this.#advancing.size < IN_FLIGHT) this.#arm(next.wakeAt);
    }
}

//# sourceMappingURL=timing.saga.js.map