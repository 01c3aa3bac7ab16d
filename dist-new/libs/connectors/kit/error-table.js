import { ConnectorError } from './connector-error.js';
import { parseJson, pointer } from './json.js';
import { excerpt } from './redact.js';
import { retryAfter } from '#lib/domain/retry';
/**
 * Turns a refusal into an error by a manifest's ordered table: first match wins. What matches nothing: 5xx and 408 are
 * TRANSIENT (a `Retry-After` is kept), 429 is RATE_LIMITED, all else INTERNAL, because our request was at fault.
 */ export function classify(provider, rules, refusal, context) {
    const json = parseJson(refusal.text);
    const rule = rules.find((candidate)=>matches(candidate, refusal, json)) ?? unmatched(refusal);
    const header = rule.delayHeader === undefined ? undefined : refusal.headers[rule.delayHeader.toLowerCase()];
    const told = retryAfter(header, refusal.headers['date'], context.now);
    const quote = excerpt(refusal.text, context.secrets);
    const said = `${provider} answered ${refusal.status} to ${refusal.what}${quote === '' ? '' : `: ${quote}`}`;
    return new ConnectorError(rule.class, rule.advice === undefined ? said : `${rule.advice} (${said})`, {
        retryAfterMs: told ?? rule.fallbackDelayMs,
        code: `http_${refusal.status}`
    });
}
function matches(rule, refusal, json) {
    if (rule.where !== refusal.where) return false;
    if (rule.status !== undefined && rule.status !== refusal.status) return false;
    if (rule.bodyContains !== undefined && !includes(refusal.text, rule.bodyContains)) return false;
    const headers = Object.entries(rule.header ?? {});
    if (!headers.every(([name, part])=>includes(refusal.headers[name.toLowerCase()] ?? '', part))) return false;
    return Object.entries(rule.json ?? {}).every(([path, value])=>pointer(json, path) === value);
}
const includes = (text, part)=>text.toLowerCase().includes(part.toLowerCase());
function unmatched({ where, status }) {
    if (status >= 500 || status === 408) return {
        where,
        class: 'TRANSIENT',
        delayHeader: 'retry-after'
    };
    if (status === 429) {
        return {
            where,
            class: 'RATE_LIMITED',
            delayHeader: 'retry-after',
            fallbackDelayMs: 60_000
        };
    }
    return {
        where,
        class: 'INTERNAL'
    };
}

//# sourceMappingURL=error-table.js.map