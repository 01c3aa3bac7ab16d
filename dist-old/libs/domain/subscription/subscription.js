import { accept } from '#lib/domain/kernel';
import { factNames } from './observation.js';
/** A subscription is seen by a few connections in its life. */ export const ROWS_KEPT = 12;
export const sameRow = (a, b)=>a.connection === b.connection && a.key === b.key;
function decide(command, state) {
    const { type: _, now: __, facts, estimated = [], rows, ...rest } = command;
    const before = state.facts;
    const kept = estimated.map((fact)=>[
            fact,
            before?.[fact] ?? null
        ]);
    const after = {
        ...facts,
        ...Object.fromEntries(kept)
    };
    const changed = factNames.filter((fact)=>after[fact] !== (before?.[fact] ?? null));
    if (changed.length === 0 && before !== null) return accept();
    return accept({
        type: 'SubscriptionChanged',
        data: {
            ...rest,
            before,
            after,
            changed,
            rows: remembered(state.rows ?? [], rows)
        }
    });
}
function remembered(before, now) {
    const old = before.filter((row)=>!now.some((one)=>sameRow(one, row)));
    return [
        ...old,
        ...now
    ].slice(-ROWS_KEPT);
}
/** A user's subscription as it changed over time: one stream each, so that its history is the stream. */ export const subscription = {
    initialState: {
        facts: null
    },
    decide,
    evolve: (_, { data: { after, rows } })=>({
            facts: after,
            ...rows === undefined ? {} : {
                rows
            }
        })
};

//# sourceMappingURL=subscription.js.map