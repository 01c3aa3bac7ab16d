import { createHash } from 'node:crypto';
export function derivedId(from) {
    const digest = createHash('sha256').update(from).digest('hex');
    return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-8${digest.slice(13, 16)}-a${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
}
/** Of something new. With an idempotency key it follows from that, so that a repeated request names the same thing. */ export const idFor = ({ tenant, idempotency }, { ids })=>idempotency === undefined ? ids.next() : derivedId(`${tenant}\n${idempotency.key}`);

//# sourceMappingURL=id-for.js.map