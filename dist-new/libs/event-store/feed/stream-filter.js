const everything = ()=>true;
/** Absent or empty prefixes keep everything. */ export function keeping(filter) {
    const prefixes = filter?.prefixes ?? [];
    return prefixes.length === 0 ? everything : (stream)=>prefixes.some((prefix)=>stream.startsWith(prefix));
}

//# sourceMappingURL=stream-filter.js.map