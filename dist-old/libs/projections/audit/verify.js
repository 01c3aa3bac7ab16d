import { isEventStoreError } from '#lib/event-store/port';
import { link, ORIGIN } from './chain.js';
import { isSigned, sumOf } from './digest.js';
const PAGE = 1_000;
function missing(first, last) {
    const which = first === last ? `digest ${first} is` : `digests ${first} to ${last} are`;
    return {
        kind: 'digest_missing',
        number: first,
        message: `${which} not in the folder`
    };
}
/**
 * The folder's digests as far as they can be read, and what is wrong with them among themselves. That the newest are gone
 * is told by those that were kept elsewhere only.
 */ function readDigests(options, findings) {
    const { folder, publicKey, anchors = [] } = options;
    const digests = [];
    let before;
    let expected = 1;
    for (const number of folder.numbers()){
        if (number > expected) {
            findings.push(missing(expected, number - 1));
            before = undefined;
        }
        expected = number + 1;
        const altered = (message)=>findings.push({
                kind: 'digest_altered',
                number,
                message: `digest ${number}: ${message}`
            });
        try {
            const read = folder.read(number);
            digests.push(read);
            const { digest } = read;
            if (digest.number !== number) altered(`it says that it is number ${digest.number}`);
            if (number === 1 ? digest.previous !== null : before !== undefined && digest.previous !== sumOf(before)) altered('it was not made after the one before it, as that one is now');
            if (before !== undefined && digest.after !== before.digest.upTo) altered(`it begins after position ${digest.after}, and not after ${before.digest.upTo}`);
            if (publicKey !== undefined && !isSigned(read, publicKey)) findings.push({
                kind: 'not_signed',
                number,
                message: `digest ${number} is not signed with this key`
            });
            before = read;
        } catch (error) {
            altered(error.message);
            before = undefined;
        }
    }
    const newest = Math.max(0, ...anchors.map(({ digest })=>digest.number));
    if (newest >= expected) findings.push(missing(expected, newest));
    return digests;
}
/** Walks the log and says, at each position where a digest ends, whether it is what was sealed. */ let Walk = class Walk {
    /** Where the last digest of the folder ended, and how many events were read since. */ #from;
    #since;
    /** How many to ask for: few where something was damaged, for that is found by asking for less. */ #limit;
    #marks;
    #next;
    constructor(digests, anchors, findings){
        this.findings = findings;
        this.chain = ORIGIN;
        this.events = 0;
        this.position = 0;
        this.sealedUpTo = 0;
        this.sealedChain = ORIGIN;
        this.unsealed = 0;
        this.#from = 0;
        this.#since = 0;
        this.#limit = PAGE;
        this.#next = 0;
        this.#marks = [
            ...digests.map(({ digest })=>({
                    digest,
                    anchor: false
                })),
            ...anchors.map(({ digest })=>({
                    digest,
                    anchor: true
                }))
        ].sort((one, other)=>one.digest.upTo - other.digest.upTo || Number(other.anchor) - Number(one.anchor));
    }
    async through(read) {
        for(;;){
            const page = await this.#page(read);
            if (page.length === 0) break;
            for (const event of page){
                this.#reach(event.position - 1);
                this.chain = link(this.chain, event);
                this.events += 1;
                this.#since += 1;
                this.unsealed += 1;
                this.position = event.position;
                this.#reach(event.position);
            }
        }
        const beyond = this.#marks.slice(this.#next).at(-1)?.digest;
        if (beyond === undefined) return;
        const { upTo, sealedAt, number } = beyond;
        const message = `the log ends at position ${this.position}; it was sealed up to ${upTo} at ${sealedAt} (digest ${number})`;
        this.findings.push({
            kind: 'log_truncated',
            upTo,
            message
        });
    }
    /** What comes next; none at the end. What is damaged is told, and passed over: what lies after it may be whole. */ async #page(read) {
        for(;;)try {
            const page = await read(this.position, this.#limit);
            this.#limit = Math.min(PAGE, this.#limit * 2);
            return page;
        } catch (error) {
            const at = isEventStoreError(error, 'corrupt_event') ? Number(error.details['position']) : NaN;
            if (!(at > this.position)) throw error;
            const before = Math.min(Math.floor(this.#limit / 2), at - 1 - this.position);
            this.#limit = Math.max(1, before);
            if (before > 0) continue;
            this.findings.push({
                kind: 'log_damaged',
                message: error.message
            });
            this.#reach(at - 1);
            this.position = at;
            this.#reach(at);
        }
    }
    /** What ends at or before a position is held against the chain. */ #reach(position) {
        for(let mark = this.#marks[this.#next]; mark !== undefined; mark = this.#marks[this.#next]){
            if (mark.digest.upTo > position) return;
            this.#next += 1;
            if (mark.anchor) this.#anchor(mark.digest);
            else this.#digest(mark.digest);
        }
    }
    #anchor(digest) {
        const { number, upTo, sealedAt } = digest;
        if (digest.chain === this.chain && upTo === this.position) return this.#sealed(digest);
        const message = `up to position ${upTo} the log is not the one that was sealed at ${sealedAt} (anchor, digest ${number})`;
        this.findings.push({
            kind: 'anchor_differs',
            number,
            message
        });
    }
    #digest({ number, after, upTo, events, chain, sealedAt }) {
        // Where the digest before this one is missing, what was counted is of both pieces.
        const other = after === this.#from && events !== this.#since;
        if (chain !== this.chain || upTo !== this.position || other) {
            const counted = other ? `: ${this.#since} events where there were ${events}` : '';
            const message = `what lies after position ${after} up to ${upTo} is not what was sealed at ${sealedAt} (digest ${number})${counted}`;
            this.findings.push({
                kind: 'events_altered',
                after,
                upTo,
                message
            });
        }
        // From what was sealed: so that a piece which is whole is not blamed for one before it.
        this.chain = chain;
        this.#from = upTo;
        this.#since = 0;
        this.#sealed({
            chain,
            upTo
        });
    }
    #sealed({ chain, upTo }) {
        this.sealedChain = chain;
        this.sealedUpTo = upTo;
        this.unsealed = 0;
    }
};
/** That the log is damaged is a finding. */ async function told(findings, work) {
    try {
        await work();
    } catch (error) {
        if (!isEventStoreError(error, 'corrupt_event')) throw error;
        findings.push({
            kind: 'log_damaged',
            message: error.message
        });
    }
}
/** Holds a log against what was sealed of it. Reads all of it, and changes nothing. */ export async function verifyAudit(options) {
    const findings = [];
    const digests = readDigests(options, findings);
    if (digests.length === 0) findings.push({
        kind: 'not_sealed',
        message: 'there is no digest in the folder'
    });
    await told(findings, ()=>options.assertWhole?.());
    const walk = new Walk(digests, options.anchors ?? [], findings);
    await told(findings, ()=>walk.through(options.read));
    return {
        findings,
        digests: digests.length,
        events: walk.events,
        sealedUpTo: walk.sealedUpTo,
        chain: walk.sealedChain,
        unsealed: walk.unsealed
    };
}

//# sourceMappingURL=verify.js.map