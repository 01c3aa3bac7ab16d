import { complete, sparse } from './definitions.js';
/**
 * By type: the step at index 0 makes version 2 of version 1. A creation of version 1 has everything written out, which
 * is a creation of version 2 in which nothing is left to be assumed.
 */ const steps = {
    ScheduleCreated: [
        (data)=>data
    ]
};
/** Types that are stored in another form than they are read in. */ const forms = {
    ScheduleCreated: {
        stored: sparse,
        read: complete
    }
};
/** Brings stored data of an older version up to date, step by step. */ export function upcast(type, version, data, registry = steps) {
    if (!Object.hasOwn(registry, type)) return data;
    const chain = registry[type] ?? [];
    return chain.slice(Math.max(0, version - 1)).reduce((current, step)=>step(current), data);
}
/** An event's data as it is written, at the version that the catalogue names. */ export const storedData = (type, data)=>Object.hasOwn(forms, type) ? forms[type]?.stored(data) ?? data : data;
/** An event's data as the house and the world read it, from whatever version is stored. */ export function currentData(type, version, data) {
    const upToDate = upcast(type, version, data);
    return Object.hasOwn(forms, type) ? forms[type]?.read(upToDate) ?? upToDate : upToDate;
}

//# sourceMappingURL=upcasters.js.map