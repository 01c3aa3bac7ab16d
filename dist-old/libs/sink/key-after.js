/** The first key, by code point as SQLite orders them, after all that begin so; undefined: there is none. */ export function keyAfter(prefix) {
    const points = [
        ...prefix
    ];
    while(points.length > 0){
        const last = points.pop()?.codePointAt(0) ?? 0;
        // Surrogates are no characters by themselves.
        const next = last === 0xd7ff ? 0xe000 : last + 1;
        if (next <= 0x10ffff) return points.join('') + String.fromCodePoint(next);
    }
    return undefined;
}

//# sourceMappingURL=key-after.js.map