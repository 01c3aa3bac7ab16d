import { BadRows, recordKey } from '../amazon-export/upload/index.js';
import { findings } from './chats.js';
import { readUser } from './small-files.js';
import { Tally } from './tally.js';
const PROGRESS_ROWS = 5_000;
/**
 * Reads one upload in whole before the first record of it is told: counts are of all conversations, and a file whose
 * format has changed replaces nothing.
 */ export class ChatgptImport {
    #tally;
    #user;
    #done;
    #rejected;
    #began;
    constructor(context, found, before = {}){
        this.context = context;
        this.found = found;
        this.before = before;
        this.#done = 0;
        this.#rejected = false;
        this.#began = context.environment.clock.now();
        this.#tally = new Tally(this.#began, before.cursor);
    }
    get latest() {
        return this.#tally.latest;
    }
    /** `rowsPerFile`: stop each file early, for a look at whether it can be read. */ async *messages(rowsPerFile = Number.POSITIVE_INFINITY) {
        for (const sheet of this.found.sheets){
            if (sheet.kind === 'user') this.#user = await readUser(sheet.open, sheet.label);
            else yield* this.#conversations(sheet, rowsPerFile);
        }
        if (this.#user !== undefined) yield {
            kind: 'record',
            record: this.#subscription(this.#user)
        };
        // What a newer upload told of the same days, it told with more of their conversations.
        const { whole } = this.found;
        if (whole && this.latest < (this.before.newest ?? 0)) return;
        for (const record of this.#tally.records(this.#user?.id ?? null))yield {
            kind: 'record',
            record
        };
        if (whole) yield* this.#complete();
    }
    /**
   * A conversation that goes on moves its questions to the model that answered most by now, so a day may lose a model: what was
   * told before of the days that were told of again is withdrawn, and what conversations that are gone left, once all is told.
   * Not where something could not be read: it may be what those days were told for.
   */ *#complete() {
        if (this.before.first === true || this.#rejected) return;
        const complete = {
            kind: 'complete',
            stream: 'usage',
            since: this.#began
        };
        if (this.before.cursor === undefined) return yield complete;
        for (const day of this.#tally.freshDays)yield {
            ...complete,
            within: recordKey(day, '')
        };
    }
    async *#conversations({ label, open }, most) {
        const { signal, config } = this.context;
        const rows = new BadRows(label, 'usage', config.maxBadRows);
        let count = 0;
        for await (const finding of findings(open, label, signal)){
            const bad = finding.kind === 'message' ? this.#tally.message(finding) : this.#tally.conversation(finding);
            if (bad === undefined) rows.good();
            else {
                this.#rejected = true;
                yield rows.bad(bad);
            }
            if (++this.#done % PROGRESS_ROWS === 0) yield {
                kind: 'progress',
                done: this.#done
            };
            if (++count >= most) break;
        }
        rows.finish();
    }
    /** The flag does not tell Plus, Pro and Go apart, so a paid plan stays without its name. */ #subscription({ id, chatgpt_plus_user: paid }) {
        const known = typeof paid === 'boolean';
        const asOf = this.latest === 0 ? null : new Date(this.latest * 1000).toISOString().slice(0, 10);
        return {
            stream: 'subscriptions',
            key: id ?? 'account',
            data: {
                account_ref: id ?? null,
                plan: known ? paid ? 'paid' : 'free' : null,
                plan_raw: known ? `chatgpt_plus_user: ${paid}` : null,
                status: known ? 'active' : null,
                // The export does not say when it was made: at least then.
                as_of: asOf,
                source: 'export',
                confidence: 'medium'
            }
        };
    }
}

//# sourceMappingURL=import.js.map