import { digest } from './digest.js';
import { ACCOUNTS, SHORT_ACCOUNT } from './state.js';
/**
 * The earlier days: what an Item once reached back to it still does, also where the first that was paid is taken back.
 * `former`: of accounts under the link before, which stay those of this one as long as it is read.
 */ export function reachOf(last, item, { days: now, isAll }) {
    const before = last?.item === item ? last : undefined;
    const days = new Map(before?.days.map((mark)=>[
            mark.slice(0, SHORT_ACCOUNT),
            dayOf(mark)
        ]));
    for (const [account, day] of now){
        const short = digest(account, SHORT_ACCOUNT);
        days.set(short, earliest([
            days.get(short) ?? day,
            day
        ]) ?? day);
    }
    const first = earliest([
        ...before?.first === undefined ? [] : [
            before.first
        ],
        ...now.values()
    ]);
    const former = before === undefined && last !== undefined && isAll ? fullDays(last) : before?.former;
    return {
        ...first === undefined ? {} : {
            first
        },
        // Of too many the latest, which decide from when on charges are replaced.
        days: [
            ...days
        ].sort(byDay).slice(-ACCOUNTS).map(([short, day])=>`${short}${day}`),
        ...former === undefined ? {} : {
            former
        }
    }; // prettier-ignore
}
/**
 * From when on what is told replaces what is stored. An Item tells for good what it told once. Under a new link an account may
 * reach back less than it did, and nothing says which one it was: then from when on all are told. One that begins on the same day
 * as one did before has lost nothing, and counts for nothing: else an account that is young, or seldom used, would leave what was
 * paid from others there twice.
 */ export function replacedFrom({ first, days, former }) {
    if (former === undefined) return first;
    return days.map(dayOf).filter((day)=>!former.includes(day)).sort().at(-1) ?? first; // prettier-ignore
}
/** Those that had lost nothing under their own link: what an account had before that is stored still. */ const fullDays = ({ days, former })=>[
        ...new Set(days.map(dayOf))
    ].filter((day)=>former?.includes(day) ?? true);
const dayOf = (mark)=>mark.slice(SHORT_ACCOUNT);
const earliest = (days)=>[
        ...days
    ].sort()[0];
const byDay = (a, b)=>a[1].localeCompare(b[1]);

//# sourceMappingURL=reach.js.map