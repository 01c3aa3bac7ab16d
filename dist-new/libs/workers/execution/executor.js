import { Slots } from '#lib/ports';
import QuickLRU from 'quick-lru';
import { Attempt } from './attempt.js';
export class Executor {
    #attempts;
    /** Of each run. */ #latest;
    #claim;
    /** Attempts at work at once: what is given comes beside what was pulled as there was room, and waits for its turn. */ #slots;
    /** The last fence of each run that was held here: what is given once more is not begun once more. */ #begun;
    #leave;
    #cancelBeat;
    #lastBeat;
    #stopping;
    #completed;
    #refused;
    constructor(options){
        this.options = options;
        this.#attempts = new Set();
        this.#latest = new Map();
        this.#begun = new QuickLRU({
            maxSize: 10_000
        });
        this.#lastBeat = 0;
        this.#stopping = false;
        this.#completed = 0;
        this.#refused = 0;
        this.#claim = options.environment.ids.next();
        this.#slots = new Slots(options.capacity);
    }
    start() {
        const { id: executor, intake, capacity, providers, environment } = this.options;
        this.#lastBeat = environment.clock.monotonic();
        this.#leave = intake.consume({
            capacity,
            ...providers === undefined ? {} : {
                providers
            },
            executor,
            claim: this.#claim,
            handle: (item, granted)=>this.#handle(item, granted),
            cancel: (run)=>this.#latest.get(run)?.cancel(),
            lost: (run, fence)=>this.#latest.get(run)?.lose(fence)
        });
        void this.#beat();
        this.#arm();
    }
    /** Takes nothing new, lets what runs end for up to `graceMs`, then stops it: it will be tried again elsewhere. */ async stop(graceMs) {
        this.#stopping = true;
        const left = this.#leave?.();
        // Nothing more is to be given to it: said at once.
        void this.#beat();
        for (const attempt of this.#attempts)attempt.leave();
        const cancelGrace = this.options.environment.timers.after(graceMs, ()=>{
            for (const attempt of this.#attempts)attempt.drain();
        });
        await this.#idle();
        await left;
        await this.#idle();
        cancelGrace();
        this.#cancelBeat?.();
        this.options.monitor.stop();
    }
    async #idle() {
        while(this.#attempts.size > 0)await Promise.allSettled([
            ...this.#attempts
        ].map((attempt)=>attempt.ended));
    }
    get running() {
        return this.#attempts.size;
    }
    async #handle(item, given) {
        const { run } = item;
        const earlier = this.#latest.get(run);
        // The same attempt, offered or given again.
        if ((earlier?.attempt ?? 0) >= item.attempt || (this.#begun.get(run) ?? 0) >= (given?.fence ?? Infinity)) return;
        const attempt = this.#open(item, given);
        try {
            // It may be at its report's answer still, or at an engine that was told to stop.
            if (earlier !== undefined) await earlier.ended;
            const result = await this.#inTurn(attempt);
            if (result === 'refused') this.#refused += 1;
            else this.#completed += 1;
        } catch (error) {
            this.options.onError(`run ${run}`, error);
            throw error;
        } finally{
            const held = attempt.holding();
            if (held !== undefined) this.#begun.set(run, held.fence);
            this.#attempts.delete(attempt);
            if (this.#latest.get(run) === attempt) this.#latest.delete(run);
        }
    }
    async #inTurn(attempt) {
        await this.#slots.take();
        try {
            return await attempt.run();
        } finally{
            this.#slots.give();
        }
    }
    /** From here on heartbeats name it. */ #open(item, given) {
        const { id: executor, environment, intake, engine } = this.options;
        const { desk } = intake;
        const attempt = new Attempt(item, {
            executor,
            claim: this.#claim,
            environment,
            desk,
            engine,
            given
        });
        this.#attempts.add(attempt);
        this.#latest.set(item.run, attempt);
        if (this.#stopping) attempt.leave();
        return attempt;
    }
    #arm() {
        this.#cancelBeat = this.options.environment.timers.after(this.options.heartbeatMs, ()=>{
            void this.#beat();
            this.#arm();
        });
    }
    async #beat() {
        const { id, environment, intake, monitor, providers, onError } = this.options;
        const capacity = this.#stopping ? 0 : this.options.capacity;
        const now = environment.clock.monotonic();
        const stoodStill = now - this.#lastBeat;
        this.#lastBeat = now;
        for (const attempt of this.#attempts)attempt.checkLease(stoodStill);
        const attempts = [
            ...this.#attempts
        ];
        const claimed = attempts.flatMap((attempt)=>attempt.holding() ?? []);
        const asking = attempts.flatMap((attempt)=>attempt.asking() ?? []);
        const counts = {
            capacity,
            running: claimed.length,
            queued: asking.length,
            completed: this.#completed,
            refused: this.#refused
        };
        try {
            const answer = await intake.desk.heartbeat({
                executor: id,
                at: Math.floor(environment.clock.now()),
                running: claimed,
                asking,
                claim: this.#claim,
                providers,
                resources: monitor.sample(counts)
            });
            for (const { run, fence } of answer.lost)this.#latest.get(run)?.lose(fence);
            for (const run of answer.cancel)this.#latest.get(run)?.cancel();
        } catch (error) {
            onError('heartbeat', error);
        }
    }
}

//# sourceMappingURL=executor.js.map