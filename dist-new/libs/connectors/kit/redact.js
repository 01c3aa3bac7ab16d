/** Characters of a provider's answer that a message may quote. */ export const EXCERPT_LENGTH = 300;
/** Characters of an answer that are looked at for an excerpt. */ const LONGEST_SCAN = 16 * 1024;
const MASK = '[redacted]';
const REDACTIONS = [
    [
        /\b(bearer|basic)\s+[\w.~+/=-]{4,}/gi,
        `$1 ${MASK}`
    ],
    [
        /\b((?:access|refresh|id)_?token|client_?secret|api_?key|password|code_?verifier|authorization)(["']?\s*[:=]\s*["']?)[^"'&\s,}<]+/gi,
        `$1$2${MASK}`
    ]
];
/**
 * Masks every known secret (also URL-encoded and base64 encoded) and whatever looks like a credential. Values under
 * four characters are left: masking `a` would tell more than it hides.
 */ export function redact(text, secrets = []) {
    let masked = text;
    const longestFirst = secrets.filter((secret)=>secret.length >= 4).sort((a, b)=>b.length - a.length);
    for (const secret of longestFirst){
        for (const form of new Set([
            secret,
            encodeURIComponent(secret),
            Buffer.from(secret).toString('base64')
        ])){
            masked = masked.replaceAll(form, MASK);
        }
    }
    for (const [pattern, replacement] of REDACTIONS)masked = masked.replace(pattern, replacement);
    // Whatever is long and random, e.g. a token that was valid until a moment ago.
    return masked.replace(/[\w~+=-]{40,}/g, (run)=>/\d/.test(run) && /[a-z]/i.test(run) ? MASK : run);
}
/**
 * A quotable piece of untrusted text: redacted before it is cut, so that no half of a secret survives, and on one
 * line without control characters, so that it cannot forge a log line or colour a terminal.
 */ export function excerpt(text, secrets = [], length = EXCERPT_LENGTH) {
    const line = redact(bounded(text), secrets).replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').replace(/\s+/g, ' ').trim();
    return line.length <= length ? line : `${line.slice(0, length - 1)}…`;
}
/** The first 16 KiB, up to the last space where something was cut off: the cut must not halve a secret either. */ function bounded(text) {
    if (text.length <= LONGEST_SCAN) return text;
    return text.slice(0, Math.max(text.lastIndexOf(' ', LONGEST_SCAN), 0));
}

//# sourceMappingURL=redact.js.map