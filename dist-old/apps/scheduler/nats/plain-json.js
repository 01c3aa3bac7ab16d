import { batchLimits, bodyLimits, structureProblem } from '#lib/contracts/api';
import { tokensOf } from '#lib/contracts/messages';
const text = new TextDecoder('utf-8', {
    fatal: true
});
/** The request as it is on the wire: plain JSON, with or without Nest's envelope around it. */ const IN_ENVELOPE = 'nest:';
const PLAIN = 'plain:';
/**
 * Lets any client speak to Nest's NATS transport: a plain JSON payload is answered by a plain JSON payload. Requests of
 * Nest's own client come in an envelope, and get one back. What cannot be read arrives as {@link Unreadable}: so the
 * caller gets a problem, not silence.
 */ export class PlainRequests {
    deserialize(message, options) {
        const payload = read(message.data, limitsOf(message.subject));
        const pattern = options?.channel ?? '';
        if (isEnvelope(payload)) return {
            id: `${IN_ENVELOPE}${payload.id}`,
            pattern,
            data: payload.data
        };
        return {
            id: PLAIN,
            pattern,
            data: payload
        };
    }
}
export class PlainReplies {
    serialize(packet) {
        const { id = PLAIN, ...rest } = packet;
        if (id.startsWith(IN_ENVELOPE)) return {
            data: JSON.stringify({
                ...rest,
                id: id.slice(IN_ENVELOPE.length)
            })
        };
        return {
            data: JSON.stringify(packet.err ?? packet.response ?? {})
        };
    }
}
/** A payload that no operation can take, and why. */ export class Unreadable {
    constructor(why){
        this.why = why;
    }
}
/** As over HTTP; the server's `max_payload` may be less. */ function limitsOf(subject) {
    const [, , resource, verb] = tokensOf(subject);
    return resource === 'schedules' && verb === 'create-batch' ? batchLimits : bodyLimits;
}
function read(data, limits) {
    if (data.length === 0) return {};
    if (data.length > limits.bytes) return new Unreadable(`the payload is larger than ${limits.bytes / 1024} KiB`);
    try {
        const value = JSON.parse(text.decode(data));
        const wrong = structureProblem(value, limits.values);
        return wrong === undefined ? value : new Unreadable(wrong);
    } catch  {
        return new Unreadable('the payload is not JSON in UTF-8');
    }
}
const isEnvelope = (value)=>typeof value === 'object' && value !== null && 'pattern' in value && 'id' in value && typeof value.id === 'string';

//# sourceMappingURL=plain-json.js.map