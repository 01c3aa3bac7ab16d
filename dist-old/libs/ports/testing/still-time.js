/** The nth id of an environment in which time stands still. */ export const nthId = (n)=>`00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
/** Time stands still, and pauses are over at once. Ids are counted from 1. */ export function stillTime(now) {
    let ids = 0;
    return {
        clock: {
            now: ()=>now,
            monotonic: ()=>0
        },
        timers: {
            after: (_, callback)=>{
                setImmediate(callback);
                return ()=>{};
            },
            soon: (callback)=>void setImmediate(callback)
        },
        random: {
            fraction: ()=>0.5
        },
        ids: {
            next: ()=>nthId(ids += 1)
        }
    };
}

//# sourceMappingURL=still-time.js.map