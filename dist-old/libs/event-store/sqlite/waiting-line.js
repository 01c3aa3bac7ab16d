import { SEPARATOR } from './group-commit.js';
/** Most events and bytes in one transaction; an append that is larger by itself goes alone. */ const GROUP_EVENTS = 2_000;
const GROUP_BYTES = 8 * 1024 * 1024;
/** Fewer events than this are not worth a second commit. */ const WORTH_HALVING = 64;
/** What came in and was not sent to the writer yet, first come first served. */ export class WaitingLine {
    #appends;
    #snapshots;
    get isEmpty() {
        return this.#appends.length === 0 && this.#snapshots.length === 0;
    }
    addAppend(task) {
        this.#appends.push(task);
    }
    addSnapshot(task) {
        this.#snapshots.push(task);
    }
    /** What fits in one transaction. `half`: leave as much for the next one, which is prepared while this one commits. */ take(half) {
        const most = half ? Math.max(WORTH_HALVING, Math.ceil(this.#appends.length / 2)) : GROUP_EVENTS;
        let count = 0;
        let events = 0;
        let bytes = 0;
        for (const task of this.#appends){
            if (count === most) break;
            events += task.events.length;
            for (const event of task.events)bytes += event.bytes;
            if (count > 0 && (events > GROUP_EVENTS || bytes > GROUP_BYTES)) break;
            count += 1;
        }
        return {
            appends: this.#appends.splice(0, count),
            snapshots: this.#snapshots.splice(0, GROUP_EVENTS)
        };
    }
    takeAll() {
        const batch = {
            appends: this.#appends,
            snapshots: this.#snapshots
        };
        this.#appends = [];
        this.#snapshots = [];
        return batch;
    }
    constructor(){
        this.#appends = [];
        this.#snapshots = [];
    }
}
export function groupOf({ appends, snapshots }) {
    const parts = [];
    for (const { stream, expected, events } of appends){
        parts.push(stream, String(expected), String(events.length));
        for (const event of events)event.appendTo(parts);
    }
    return {
        appends: parts.join(SEPARATOR),
        snapshots: snapshots.flatMap((task)=>task.parts).join(SEPARATOR)
    };
}
export function rejectAll({ appends, snapshots }, error) {
    for (const task of appends)task.reject(error);
    for (const task of snapshots)task.reject(error);
}

//# sourceMappingURL=waiting-line.js.map