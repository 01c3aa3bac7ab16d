/** Bodies nest no deeper than this. JSON.parse takes any depth; what comes after it recurses and would not. */ export const MAX_DEPTH = 32;
/** Values in one body, all levels together. A definition has some fifty, the longest lists a few hundred. */ export const MAX_VALUES = 10_000;
/** As many schedules as one request may create. */ export const MAX_BATCH = 1_000;
export const bodyLimits = {
    bytes: 256 * 1024,
    values: MAX_VALUES
};
/** For a batch: 2 KiB and a hundred values a schedule, where most need a tenth of it. */ export const batchLimits = {
    bytes: 2 * 1024 * 1024,
    values: MAX_BATCH * 100
};
/** Keys that reach a prototype when objects are merged. */ const unsafeKeys = new Set([
    '__proto__',
    'constructor',
    'prototype'
]);
/** What is wrong with a parsed JSON value before any schema looks at it; undefined when nothing is. Iterative. */ export function structureProblem(value, most = MAX_VALUES) {
    const waiting = [
        {
            value,
            depth: 1
        }
    ];
    let values = 1;
    for(let next = waiting.pop(); next !== undefined; next = waiting.pop()){
        if (typeof next.value !== 'object' || next.value === null) continue;
        if (next.depth > MAX_DEPTH) return `the body nests deeper than ${MAX_DEPTH} levels`;
        const keys = Object.keys(next.value);
        values += keys.length;
        if (values > most) return `the body holds more than ${most} values`;
        for (const key of keys){
            if (unsafeKeys.has(key)) return `the body has a key named "${key}", which is not allowed anywhere`;
            waiting.push({
                value: next.value[key],
                depth: next.depth + 1
            });
        }
    }
    return undefined;
}

//# sourceMappingURL=depth.js.map