import { z } from 'zod';
/** Stream → the newest day that an upload told of, `YYYY-MM-DD`; blank where it told of subscriptions and gave them no day. */ export const newestDaysSchema = z.record(z.string(), z.string());
const days = {
    subscriptions: 'as_of',
    charges: 'occurred_on',
    usage: 'occurred_at'
};
/** What once happened stays in every later export, while a subscription and its dates can vanish from one. */ const HISTORY = [
    'charges',
    'usage'
];
/** How far an upload goes that tells of subscriptions: exports do not say when they were made. */ export class NewestDays {
    #newest;
    /** `today`: a day that has not come says nothing of when the export was made. */ constructor(today){
        this.today = today;
        this.#newest = new Map();
    }
    add({ stream, data }) {
        if (stream === 'subscriptions' && !this.#newest.has(stream)) this.#newest.set(stream, '');
        const [day] = /^\d{4}-\d{2}-\d{2}/.exec(String(data[days[stream]])) ?? [];
        if (day === undefined || day > this.today) return;
        if (day > (this.#newest.get(stream) ?? '')) this.#newest.set(stream, day);
    }
    /**
   * Whether an upload of before that told of subscriptions went further: by the history that both hold, or else by what it is
   * the truth of. Subscriptions of a later day are newer, however much of a history came apart from them.
   */ olderThan(before) {
        const told = before['subscriptions'];
        if (told === undefined || (this.#newest.get('subscriptions') ?? '') > told) return false;
        const shared = HISTORY.filter((stream)=>this.#newest.has(stream) && stream in before);
        const judged = shared.length > 0 ? shared : [
            'subscriptions'
        ];
        const order = judged.map((stream)=>(this.#newest.get(stream) ?? '').localeCompare(before[stream] ?? '', 'en'));
        return order.some((one)=>one < 0) && !order.some((one)=>one > 0);
    }
    /** The newest days of those uploads, this one and before. One that tells of no subscriptions says nothing of how old they are. */ since(before) {
        if (!this.#newest.has('subscriptions')) return before;
        const newest = Object.fromEntries(this.#newest);
        const listed = before?.['subscriptions'] === undefined ? {} : before;
        const later = Object.entries(listed).filter(([stream, day])=>day > (newest[stream] ?? ''));
        return {
            ...newest,
            ...Object.fromEntries(later)
        };
    }
}

//# sourceMappingURL=newest-days.js.map