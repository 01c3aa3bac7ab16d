import { createHash } from 'node:crypto';
/** The engine refuses keys over 1,000 characters; a title of a hostile file must not end the whole import. */ const MAX_KEY = 400;
/** Joins the parts of a record's identity. What would be too long is cut, and told apart by a hash of the whole. */ export function recordKey(...parts) {
    const key = parts.join('|');
    if (key.length <= MAX_KEY) return key;
    return `${key.slice(0, MAX_KEY)}#${createHash('sha256').update(key).digest('hex').slice(0, 16)}`;
}

//# sourceMappingURL=record-key.js.map