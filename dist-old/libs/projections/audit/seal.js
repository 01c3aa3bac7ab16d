import { EventStoreError } from '#lib/event-store/port';
import { projectedStreams } from '../runner/runner.js';
import { link, ORIGIN } from './chain.js';
import { sealed, sumOf } from './digest.js';
/** What is chained: the aggregates' streams. Snapshots and what others keep in the same store come and go. */ export const auditedStreams = projectedStreams;
/** Events of one digest at most: what was changed is found in a piece of this size. */ export const MOST_EVENTS = 100_000;
/** Read and hashed in one turn: some milliseconds. */ const PAGE = 250;
const START = {
    upTo: 0,
    chain: ORIGIN
};
/** What comes after a place, at most so many events. */ async function piece(from, most, { read, turn, signal }) {
    let { upTo, chain } = from;
    let events = 0;
    while(events < most){
        const page = await read(upTo, Math.min(PAGE, most - events));
        if (page.length === 0 || signal?.aborted === true) break;
        for (const event of page)chain = link(chain, event);
        upTo = page.at(-1)?.position ?? upTo;
        events += page.length;
        await turn?.();
    }
    return {
        after: from.upTo,
        upTo,
        events,
        chain
    };
}
/** The log has what was sealed last: else what comes next would be sealed as if nothing had happened. */ async function assertContinues({ digest }, options) {
    const { number, upTo, events, chain, sealedAt } = digest;
    const before = number === 1 ? START : options.folder.read(number - 1).digest;
    const found = await piece(before, events, options);
    if (found.upTo === upTo && found.chain === chain) return;
    if (options.signal?.aborted === true) return;
    throw new EventStoreError('corrupt_event', `up to position ${upTo} the log is not the one that was sealed at ${sealedAt} (digest ${number}): it was changed, lost its end, ` + 'or an older copy was put in its place; npm run cli -- audit tells. If that was meant, put the digests away and begin a new folder', {
        position: upTo
    });
}
/**
 * Adds digests of what came since the last one, as many as it takes. Resolves with them; what is left when the signal
 * aborts is sealed the next time.
 * @throws {EventStoreError} `corrupt_event`: the log does not go on from what was sealed.
 */ export async function seal(options) {
    const { folder, now, key, known = false } = options;
    const added = [];
    let last = folder.last();
    if (last !== undefined && !known) await assertContinues(last, options);
    while(options.signal?.aborted !== true){
        const found = await piece(last?.digest ?? START, MOST_EVENTS, options);
        if (found.events === 0) break;
        const next = sealed({
            number: (last?.digest.number ?? 0) + 1,
            ...found,
            previous: last === undefined ? null : sumOf(last),
            sealedAt: new Date(now()).toISOString()
        }, key);
        // Another one seals into the same folder: it goes on from there.
        if (!folder.add(next)) return added;
        added.push(next.digest);
        last = next;
    }
    return added;
}

//# sourceMappingURL=seal.js.map