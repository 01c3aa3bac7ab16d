/**
 * Structural equality of JSON values, whatever the order of their keys; an absent key equals undefined. Asked of every
 * schedule that is created: it makes nothing on its way.
 */ export function isDeepStrictEqual(left, right) {
    if (Object.is(left, right)) return true;
    if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
    if (Array.isArray(left) !== Array.isArray(right)) return false;
    const a = left;
    const b = right;
    for (const key of Object.keys(a))if (!isDeepStrictEqual(a[key], b[key])) return false;
    for (const key of Object.keys(b))if (b[key] !== undefined && !Object.hasOwn(a, key)) return false;
    return true;
}

//# sourceMappingURL=equality.js.map