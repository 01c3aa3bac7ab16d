import { z } from 'zod';
/**
 * What was told of plays, kept from upload to upload. `account`: whose, as their keys name it; blank where nobody said.
 * `from`, `to`: the first and the last play of the extended history. `last`: what the last upload was.
 */ export const coverageSchema = z.object({
    account: z.string(),
    from: z.string().optional(),
    to: z.string().optional(),
    last: z.enum([
        'history',
        'other'
    ])
});
/** Names of accounts that the rows of one upload may bear: more are no person's. */ const MAX_ACCOUNTS = 10;
/**
 * Spotify tells the same play twice: in the account data by the minute, and weeks later in the extended history by the
 * second and with its id, hence under another key. What an extended history tells, it tells in whole and better: plays by
 * the minute in its span are left out after it, and withdrawn by it when they came before.
 */ export class Coverage {
    #from;
    #to;
    #accounts;
    constructor(before){
        this.before = before;
        this.#from = '';
        this.#to = '';
        this.#accounts = new Set();
    }
    /** Whose plays they are where an upload does not say: whose they were before. */ get usual() {
        return this.before?.account ?? '';
    }
    /** Whether an extended history told a play that is known by the minute. */ has({ data }) {
        const { account = '', from = '', to = '' } = this.before ?? {};
        const minute = minuteOf(data['occurred_at']);
        const another = account !== '' && data['account_ref'] !== account;
        return to !== '' && !another && minuteOf(from) <= minute && minute <= minuteOf(to);
    }
    /** A play of an extended history. */ add({ data }) {
        const at = String(data['occurred_at']);
        if (this.#from === '' || at < this.#from) this.#from = at;
        if (at > this.#to) this.#to = at;
        if (this.#accounts.size < MAX_ACCOUNTS) this.#accounts.add(String(data['account_ref'] ?? ''));
    }
    /** `whole`: a history in whole was read. `account`: whose the upload is, where it says so. */ stored(whole, account) {
        const [named = ''] = this.#accounts;
        const { account: known = '' } = this.before ?? {};
        const span = spanOf(this.before ?? {});
        const now = account || named || known;
        const isAnother = known !== '' && known !== now;
        if (whole && this.#to !== '') return {
            account: now,
            ...this.#span(isAnother ? {} : span),
            last: 'history'
        };
        // A span is of the account whose history it is, whatever is uploaded in between.
        return {
            account: isAnother && span.to !== undefined ? known : now,
            ...span,
            last: 'other'
        };
    }
    /** Of this history and the one before it. Two that do not meet leave a gap of which neither tells. */ #span({ from = '', to = '' }) {
        const meet = to !== '' && this.#from <= to && from <= this.#to;
        if (!meet) return {
            from: this.#from,
            to: this.#to
        };
        return {
            from: from < this.#from ? from : this.#from,
            to: to > this.#to ? to : this.#to
        };
    }
    /**
   * After a history that was told in whole: other plays of its span are not told any more, whether they bear its name or none.
   * What an earlier version told may bear a name that is not known here: then all since its first play. `upgraded`: that version
   * left the state. Without a state another schedule may have told of later days too, under the same name if this history has one.
   */ *complete(since, upgraded) {
        if (this.#to === '') return;
        const part = {
            kind: 'complete',
            stream: 'usage',
            since,
            from: this.#from.slice(0, 10)
        };
        if (this.before === undefined && (upgraded || this.#accounts.has(''))) return yield part;
        for (const account of new Set([
            ...this.#accounts,
            ''
        ]))for (const at of beginningsUpTo(minuteOf(this.#to)))yield {
            ...part,
            within: `${account}|${at}`
        };
    }
}
const spanOf = ({ from, to })=>from === undefined ? {} : {
        from,
        to
    };
/** `2026-05-04T18:00`: both kinds of file tell at least that. */ const minuteOf = (at)=>String(at).slice(0, 16);
/** How every text of digits in these places begins that is not above this one: `2024` → `0`, `1`, `200`, `201`, `2020` … `2024`. */ const beginningsUpTo = (text)=>[
        ...[
            ...text
        ].flatMap((char, at)=>Array.from({
                length: Number(char) || 0
            }, (_, digit)=>`${text.slice(0, at)}${digit}`)),
        text
    ];

//# sourceMappingURL=coverage.js.map