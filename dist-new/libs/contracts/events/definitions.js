import { isDeepStrictEqual } from '#lib/domain/kernel';
/**
 * A definition as `ScheduleCreated` stores it since version 2: without what equals the values below, which is most of
 * it for most schedules. They are what version 2 means and part of the format, not the defaults of today: a release
 * with other defaults writes them out, and still reads these. Never change one; other values need a version 3.
 */ const assumed = {
    priority: 'normal',
    overlap: 'skip',
    bufferCap: 100,
    catchUp: {
        policy: 'once',
        windowMs: 31_536_000_000,
        cap: 100
    },
    retry: {
        maxAttempts: 5,
        baseMs: 10_000,
        factor: 3,
        capMs: 900_000,
        jitter: 'equal',
        budgetMs: 21_600_000,
        retryAfterCapMs: 86_400_000
    },
    retryVersusNext: 'merge',
    snooze: {
        max: 20,
        totalMs: 604_800_000
    },
    autoPause: {
        failures: 30,
        days: 7
    },
    timeoutMs: 600_000
};
const assumedOfRecurrence = {
    excludedDates: [],
    blackouts: [],
    gap: 'shift',
    fold: 'first',
    spreadMs: 0
};
// Shared by all schedules that are read: whoever changed one would change them all.
for (const value of Object.values({
    ...assumed,
    ...assumedOfRecurrence
}))Object.freeze(value);
function without(value, known) {
    const kept = {};
    for (const [key, each] of Object.entries(value))if (!Object.hasOwn(known, key) || !isDeepStrictEqual(each, known[key])) kept[key] = each;
    return kept;
}
/** What is written of a schedule's creation. */ export const sparse = (data)=>{
    const { definition } = data;
    const { recurrence, ...others } = definition;
    return {
        ...data,
        definition: {
            ...without(others, assumed),
            recurrence: without(recurrence, assumedOfRecurrence)
        }
    };
};
/** What was meant. Values that are assumed are the same objects for every schedule. */ export const complete = (data)=>{
    const { definition } = data;
    if (typeof definition !== 'object' || definition === null) return data;
    const recurrence = {
        ...assumedOfRecurrence,
        ...definition.recurrence
    };
    return {
        ...data,
        definition: {
            ...assumed,
            ...definition,
            recurrence
        }
    };
};

//# sourceMappingURL=definitions.js.map