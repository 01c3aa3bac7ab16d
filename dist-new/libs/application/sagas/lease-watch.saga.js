import { scheduleAggregate } from '#lib/application/actors';
import { shardLeaseOf } from '#lib/contracts/messages';
import QuickLRU from 'quick-lru';
import { parseStream, scheduleStream } from '#lib/contracts/streams';
/** Of what ran before this node started the process is not known here: whoever gives it again looks into the log. */ const mayHold = ({ executor, claim }, lease)=>lease.executor === executor && (lease.claim ?? claim) === claim;
export class LeaseWatchSaga {
    #leases;
    /** Fences of attempts that ended lately: an executor that still runs one missed being told. */ #ended;
    #lastSweep;
    #disarm;
    #stopped;
    constructor(options){
        this.options = options;
        this.name = 'lease-watch';
        this.#leases = new Map();
        this.#ended = new QuickLRU({
            maxSize: 10_000
        });
        this.#lastSweep = 0;
        this.#stopped = false;
    }
    start(index) {
        for (const run of index.openRuns()){
            if (run.status === 'running' && run.fence !== undefined) {
                const { schedule, tenant, attempt, fence, executor, cancelRequested: cancel = false } = run;
                const where = {
                    stream: scheduleStream(schedule),
                    shard: shardLeaseOf(schedule)
                };
                this.#watch(run.run, {
                    ...where,
                    tenant,
                    attempt,
                    fence,
                    executor,
                    cancel
                });
            }
        }
        this.#lastSweep = this.options.environment.clock.monotonic();
        this.#arm();
    }
    stop() {
        this.#stopped = true;
        this.#disarm?.();
    }
    handle(event) {
        switch(event.type){
            case 'RunStarted':
                {
                    const { run, attempt, fence, executor, claim } = event.data;
                    const { stream, metadata } = event;
                    const { tenant } = metadata;
                    const shard = shardLeaseOf(parseStream(stream)?.id ?? '');
                    return this.#watch(run, {
                        stream,
                        shard,
                        tenant,
                        attempt,
                        fence,
                        executor,
                        claim,
                        cancel: false
                    });
                }
            case 'RunCancelRequested':
                return this.#cancel(event.data.run);
            case 'RunSucceeded':
            case 'RunFailed':
            case 'RunSnoozed':
            case 'RunCancelled':
            case 'RunAbandoned':
                return this.#end(event.data.run);
            default:
                return undefined;
        }
    }
    /** Renews the leases of an executor's runs and says which of them it should drop, stop, or begin. */ heartbeat(beat) {
        const answer = {
            lost: [],
            cancel: []
        };
        for (const claim of beat.asking ?? [])this.#asking(beat, claim);
        for (const { run, fence } of beat.running){
            if (!this.heard({
                run,
                fence,
                executor: beat.executor
            })) answer.lost.push({
                run,
                fence
            });
            else if (this.#leases.get(run)?.cancel === true) answer.cancel.push(run);
        }
        return {
            ...answer,
            unaware: this.#unaware(beat)
        };
    }
    /**
   * What its process holds by the log, and did not name twice in a row: the word of it was lost. Once proves nothing, for
   * the log and heartbeats take different ways.
   */ #unaware(beat) {
        const { claim, running, asking = [] } = beat;
        if (claim === undefined) return [];
        const named = new Set([
            ...running,
            ...asking
        ].map(({ run })=>run));
        const unaware = [];
        for (const [run, lease] of this.#leases){
            if (!mayHold(beat, lease)) continue;
            lease.unnamed = named.has(run) ? 0 : lease.unnamed + 1;
            if (lease.unnamed >= 2 && this.options.leases.holds(lease.shard)) unaware.push(run);
        }
        return unaware;
    }
    /**
   * Whoever holds this attempt is alive: its lease begins anew. False when it is known to be held no more, or by another
   * executor. A fence newer than what this node has read is none of that: the log says more than it knows yet.
   */ heard({ run, fence, executor }) {
        const lease = this.#leases.get(run);
        if (lease?.fence === fence) {
            if ((lease.executor ?? executor) !== executor) return false;
            this.#renew(lease);
        }
        return fence >= (lease?.fence ?? (this.#ended.get(run) ?? 0) + 1);
    }
    /** It was granted, and whoever asks for it does not know: the answer was lost, and is given again when it asks again. */ #asking(beat, { run, attempt }) {
        const lease = this.#leases.get(run);
        if (lease?.attempt === attempt && mayHold(beat, lease)) this.#renew(lease);
    }
    #renew(lease) {
        lease.endsAt = this.options.environment.clock.monotonic() + this.options.leaseMs;
    }
    get size() {
        return this.#leases.size;
    }
    #end(run) {
        const lease = this.#leases.get(run);
        if (lease === undefined) return;
        this.#leases.delete(run);
        this.#ended.set(run, lease.fence);
    }
    #cancel(run) {
        const lease = this.#leases.get(run);
        if (lease !== undefined) lease.cancel = true;
    }
    #watch(run, lease) {
        this.#leases.set(run, {
            ...lease,
            epoch: this.options.leases.epoch(lease.shard),
            endsAt: this.options.environment.clock.monotonic() + this.options.leaseMs,
            expiring: false,
            unnamed: 0
        });
    }
    #arm() {
        if (this.#stopped) return;
        this.#disarm = this.options.environment.timers.after(this.options.leaseMs / 8, ()=>{
            this.#sweep();
            this.#arm();
        });
    }
    #sweep() {
        const { environment, leaseMs, leases } = this.options;
        const now = environment.clock.monotonic();
        const stoodStill = now - this.#lastSweep > leaseMs / 2;
        this.#lastSweep = now;
        for (const [run, lease] of this.#leases){
            const { shard } = lease;
            if (!leases.holds(shard)) continue;
            const won = lease.epoch !== leases.epoch(shard);
            lease.epoch = leases.epoch(shard);
            if (stoodStill || won) lease.endsAt = Math.max(lease.endsAt, now + leaseMs / 2);
            else if (lease.endsAt <= now && !lease.expiring) void this.#expire(run, lease);
        }
    }
    async #expire(run, lease) {
        const { actors, environment, onError } = this.options;
        lease.expiring = true;
        try {
            const command = {
                type: 'ExpireLease',
                run,
                attempt: lease.attempt,
                fence: lease.fence,
                fraction: environment.random.fraction()
            };
            const context = {
                tenant: lease.tenant,
                actor: 'saga:lease-watch',
                correlation: environment.ids.next()
            };
            const answer = await actors.execute(scheduleAggregate, lease.stream, command, context);
            // Refused: the run is over, and its event will say so here; or it is not, and the next sweep asks again.
            if (!answer.ok) lease.expiring = false;
            else if (this.#leases.get(run) === lease) this.#end(run);
        } catch (error) {
            // Tried again at the next sweep.
            lease.expiring = false;
            onError(`expire ${run}`, error);
        }
    }
}

//# sourceMappingURL=lease-watch.saga.js.map