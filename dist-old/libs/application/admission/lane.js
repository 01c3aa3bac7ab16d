import { providerEntry } from '#lib/domain/provider';
import { priorities } from '#lib/domain/schedule';
import { FairQueue } from './fair-queue.js';
import { Shares } from './shares.js';
import { StartWindow } from './start-window.js';
export const bandOf = (priority)=>priorities.indexOf(priority);
export const BANDS = priorities.length;
/** One provider's share of admission: its limits, its breaker, and who waits for it, by priority band. */ export class Lane {
    #bands;
    #limits;
    #window;
    #pausedUntil;
    #circuit;
    #heldUntil;
    constructor(provider, recall){
        this.provider = provider;
        this.recall = recall;
        /** What each user has with this provider. */ this.users = new Shares();
        this.#circuit = {
            status: 'closed'
        };
        this.#heldUntil = Number.NEGATIVE_INFINITY;
        this.waiting = 0;
        this.running = 0;
        const live = (seat)=>seat.entry.phase === 'waiting' && seat.entry.band === seat.band;
        this.#bands = Array.from({
            length: BANDS
        }, ()=>new FairQueue(live));
        this.#limits = providerEntry(provider).limits;
        this.#setWindow();
    }
    get limits() {
        return this.#limits;
    }
    get circuit() {
        return this.#circuit;
    }
    /** Starts that were counted so far are counted by the new ones too. */ set limits(limits) {
        this.#limits = limits;
        this.#setWindow();
    }
    set circuit(circuit) {
        this.#circuit = circuit;
    }
    pause(until) {
        this.#pausedUntil = until ?? Number.POSITIVE_INFINITY;
    }
    resume() {
        this.#pausedUntil = undefined;
    }
    /** Nothing waits or runs here, and nothing is to be ended. */ get idle() {
        return this.waiting + this.running === 0 && this.#pausedUntil === undefined;
    }
    /** Paused until an instant that has passed: time to resume. */ pauseOver(now) {
        return this.#pausedUntil !== undefined && this.#pausedUntil <= now;
    }
    /** The provider said when to come back: nothing starts before. */ hold(until) {
        this.#heldUntil = Math.max(this.#heldUntil, until);
    }
    push(entry) {
        const { band, tenant, user, connection } = entry;
        this.#bands[band]?.push({
            entry,
            band,
            tenant,
            user,
            connection
        });
    }
    /** What stops the lane, and until when where that is known; undefined: nothing does. */ blocked(now) {
        if (this.#pausedUntil !== undefined) return until('provider_paused', this.#pausedUntil);
        if (this.#circuit.status === 'open') {
            if (now < this.#circuit.until) return until('circuit_open', this.#circuit.until);
            // Half open: one probe at a time.
            if (this.running > 0) return {
                why: 'circuit_open'
            };
        }
        if (now < this.#heldUntil) return until('provider_held', this.#heldUntil);
        if (this.running >= this.#limits.concurrency) return {
            why: 'provider_concurrency'
        };
        const freeAt = this.#window?.freeAt(now) ?? now;
        return freeAt > now ? until('rate_budget', freeAt) : undefined;
    }
    /** The next run of a band whose user and connection have room. */ take(band, perConnection) {
        return this.#bands[band]?.take(({ entry })=>this.hasRoom(entry, perConnection))?.entry;
    }
    /** Its user and its connection have room. */ hasRoom({ userShare, connectionShare }, perConnection) {
        return userShare.busy < this.#limits.userConcurrency && connectionShare.busy < perConnection;
    }
    started(now) {
        this.running += 1;
        this.#window?.record(now);
    }
    #setWindow() {
        const { rate } = this.#limits;
        const counted = this.#window?.recent ?? [];
        this.#window = rate === undefined ? undefined : new StartWindow(rate.starts, rate.perMs);
        if (rate === undefined) return;
        const [first = Infinity] = counted;
        const earlier = this.recall(this.provider, rate).filter((at)=>at < first);
        for (const at of [
            ...earlier,
            ...counted
        ])this.#window?.record(at);
    }
}
const until = (why, instant)=>Number.isFinite(instant) ? {
        why,
        until: instant
    } : {
        why
    };

//# sourceMappingURL=lane.js.map