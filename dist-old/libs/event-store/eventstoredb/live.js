import { excludeSystemEvents, START, streamNameFilter } from '@eventstore/db-client';
import { positionOf, recorded } from './recorded.js';
/** The server tells how far it came after so many events that the filter kept out. */ const CHECKPOINT_EVERY = {
    maxSearchWindow: 32,
    checkpointInterval: 4
};
export const allPosition = (position)=>position === 0 ? START : {
        commit: BigInt(position),
        prepare: BigInt(position)
    };
/**
 * One subscription of the client's, pulled instead of pushed: what nobody takes stays at the server. It ends in
 * whichever way it likes (error, end, close, silence); whoever owns it makes the next one.
 */ export class Live {
    #subscription;
    #wake;
    #failure;
    #ended;
    #confirmed;
    #stirred;
    /** Of the last message from the server that was no event. */ #checkpoint;
    constructor(connection, after, filter, buffer){
        this.#ended = false;
        this.#confirmed = false;
        this.#stirred = false;
        this.#checkpoint = 0;
        const prefixes = filter?.prefixes ?? [];
        // A checkpoint handler that rejects would stall the subscription for good: this one cannot.
        const checkpointReached = async (_, { commit, prepare })=>{
            // Of two parts that differ, it is where the next event will be, not where one is: whoever went on after it missed that.
            if (commit === prepare) this.#checkpoint = Number(commit);
            this.#stir();
        };
        const options = {
            ...CHECKPOINT_EVERY,
            checkpointReached
        };
        this.client = connection.client;
        this.#subscription = this.client.subscribeToAll({
            fromPosition: allPosition(after),
            requiresLeader: true,
            filter: prefixes.length === 0 ? excludeSystemEvents(options) : streamNameFilter({
                ...options,
                prefixes: [
                    ...prefixes
                ]
            })
        }, {
            highWaterMark: buffer
        });
        const stir = ()=>this.#stir();
        this.#subscription.on('readable', stir).on('confirmation', ()=>{
            this.#confirmed = true;
            stir();
        }).on('error', (error)=>{
            this.#failure = error;
            stir();
        }).on('end', ()=>this.#end()).on('close', ()=>this.#end());
    }
    get confirmed() {
        return this.#confirmed;
    }
    /** Whether anything happened since the last look. */ get stirred() {
        return this.#stirred;
    }
    /** Why nothing more comes; undefined while something may. */ get over() {
        return this.#failure ?? (this.#ended ? new Error('the server ended the subscription') : undefined);
    }
    /** What has arrived, at most `limit` events, and how far that reaches. */ take(limit) {
        // Read before the events: it may lie beyond those that are still to be taken.
        const checkpoint = this.#checkpoint;
        this.#stirred = false;
        const events = [];
        let position = 0;
        while(events.length < limit){
            const resolved = this.#subscription.read();
            if (resolved === null) return {
                events,
                position: Math.max(position, checkpoint),
                drained: true
            };
            position = positionOf(resolved);
            const event = recorded(resolved);
            if (event !== undefined) events.push(event);
        }
        return {
            events,
            position,
            drained: false
        };
    }
    /** Resolves when something may have come, or after a while. */ wait(ms) {
        return new Promise((resolve)=>{
            const timer = setTimeout(()=>this.#wake?.(), ms);
            this.#wake = ()=>{
                clearTimeout(timer);
                resolve();
            };
        });
    }
    interrupt() {
        this.#stir();
    }
    stop() {
        this.#subscription.removeAllListeners('readable');
        this.#subscription.unsubscribe().catch(()=>{});
        this.#subscription.destroy();
    }
    #end() {
        this.#ended = true;
        this.#stir();
    }
    #stir() {
        this.#stirred = true;
        this.#wake?.();
        this.#wake = undefined;
    }
}

//# sourceMappingURL=live.js.map