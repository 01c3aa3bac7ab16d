/** Deeper than any provider nests; deep enough input overflows the stack of whoever walks it. */ const MAX_DEPTH = 64;
/**
 * Parses text that may be anything: undefined when it is not JSON, or nested deeper than 64. A byte order mark before it is
 * passed over, as RFC 8259 §8.1 allows.
 */ export function parseJson(text) {
    if (text.trim() === '' || depthOf(text) > MAX_DEPTH) return undefined;
    try {
        return JSON.parse(text.replace(/^\uFEFF/, ''));
    } catch  {
        return undefined;
    }
}
/** The value at a JSON pointer (RFC 6901), or undefined. Own properties only. */ export function pointer(value, path) {
    let current = value;
    for (const part of path.split('/').slice(1)){
        const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
        if (typeof current !== 'object' || current === null || !Object.hasOwn(current, name)) return undefined;
        current = current[name];
    }
    return current;
}
function depthOf(text) {
    let depth = 0;
    let deepest = 0;
    let quoted = false;
    for(let at = 0; at < text.length; at++){
        const char = text[at];
        if (quoted) {
            if (char === '\\') at++;
            else if (char === '"') quoted = false;
        } else if (char === '"') quoted = true;
        else if (char === '{' || char === '[') deepest = Math.max(deepest, ++depth);
        else if (char === '}' || char === ']') depth--;
    }
    return deepest;
}

//# sourceMappingURL=json.js.map