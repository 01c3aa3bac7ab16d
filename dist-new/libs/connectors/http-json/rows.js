import { ConnectorError, pointer } from '../kit/index.js';
import { convert } from './values.js';
import { ourWord } from '#lib/domain/subscription';
const MAX_KEY = 1_000;
/** Shorter secrets would be found in any text. */ const SHORTEST_SECRET = 8;
/** @throws {ConnectorError} SCHEMA_DRIFT: where the items should be is neither an array nor an object. */ export function itemsOf(answer, at) {
    const found = pointer(answer, at);
    if (Array.isArray(found)) return found;
    if (typeof found === 'object' && found !== null) return [
        found
    ];
    throw new ConnectorError('SCHEMA_DRIFT', `the answer has no items at "${at}"`, {
        code: 'no_items'
    });
}
/** One item as a record; what cannot be read is told by the names of our fields, never by the service's values. */ export function rowOf(item, config, secrets) {
    const parts = config.records.key.map((path)=>pointer(item, path));
    if (parts.some(isInexact)) return bad('a key that is a number over 2^53, whose last digits are lost: name a field that is text');
    const key = keyOf(parts);
    if (key === undefined) return bad('an item without a usable key');
    const data = {
        provider: config.provider,
        source: 'http'
    };
    let currency;
    for (const [name, field] of Object.entries(config.records.fields)){
        if ('constant' in field) {
            data[name] = field.constant;
            continue;
        }
        const converted = convert(item, field);
        if (converted === undefined) return bad(`${name} is not ${field.as}`);
        if (name.endsWith('_minor') && !isWhole(converted.value)) return bad(`${name} is not a whole number`);
        data[name] = converted.value;
        currency ??= converted.currency;
    }
    if (currency !== undefined) data['currency'] ??= currency;
    if (typeof data['currency'] === 'string') data['currency'] = data['currency'].trim().toUpperCase();
    if (config.records.stream === 'subscriptions') translate(data);
    if (!isCurrency(data['currency'])) return bad('currency is not an ISO 4217 code');
    if (holdsSecret(key, data, secrets)) return bad('an item that quotes our secret');
    return {
        ok: true,
        record: {
            stream: config.records.stream,
            key,
            data
        }
    };
}
const bad = (reason)=>({
        ok: false,
        reason
    });
const isWhole = (value)=>value === null || Number.isSafeInteger(value);
const isCurrency = (value)=>value === undefined || value === null || typeof value === 'string' && /^[A-Z]{3}$/.test(value);
/** In place, with the raw word beside a status that was another. */ function translate(data) {
    const { status, interval } = data;
    if (typeof interval === 'string') data['interval'] = ourWord('interval', interval);
    if (typeof status !== 'string') return;
    const word = ourWord('status', status);
    if (word === status) return;
    data['status'] = word;
    data['status_raw'] ??= status;
}
/** Two ids that differ would be one key. */ const isInexact = (part)=>typeof part === 'number' && Math.abs(part) > Number.MAX_SAFE_INTEGER;
/** Parts are escaped, so that `a|b` + `c` is not `a` + `b|c`. */ function keyOf(parts) {
    if (!parts.every((part)=>typeof part === 'string' && part !== '' || typeof part === 'number')) return undefined;
    const key = parts.map((part)=>String(part).replaceAll('%', '%25').replaceAll('|', '%7C')).join('|');
    return key.length <= MAX_KEY ? key : undefined;
}
/** A service that answers with what it was sent must not get our secret into the database. */ function holdsSecret(key, data, secrets) {
    const text = `${key} ${Object.values(data).join(' ')}`;
    return secrets.some((secret)=>secret.length >= SHORTEST_SECRET && text.includes(secret));
}

//# sourceMappingURL=rows.js.map