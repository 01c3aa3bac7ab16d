import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ConnectorError } from '../kit/index.js';
const seconds = z.number().int().nonnegative();
/**
 * How far one series was read. `from`: where the next read begins; every bucket before it is settled and stored.
 * `seen`: buckets from there on that are stored already, start → digest, so that reading them again says only what
 * has changed.
 */ const mark = z.strictObject({
    from: seconds,
    seen: z.record(z.string().max(12), z.string().max(20))
});
/** `of`: digest of the settings that decide which records there are. */ const openaiState = z.strictObject({
    v: z.literal(1),
    of: z.string().max(40),
    costs: mark.optional(),
    usage: mark.optional()
});
/** @throws {ConnectorError} CURSOR_INVALID: of another version, or of other settings: the engine reads in full. */ export function stateOf(state, of) {
    if (state === undefined || state === null) return {
        v: 1,
        of
    };
    const parsed = openaiState.safeParse(state);
    if (parsed.success && parsed.data.of === of) return parsed.data;
    throw new ConnectorError('CURSOR_INVALID', 'the stored OpenAI cursor is not for these settings', {
        code: 'state_unreadable'
    });
}
export const digest = (value, length = 12)=>createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, length);
/** The lag and the account's name may change at any time: they change no key. */ export const settingsDigest = ({ since, groupBy, projects })=>digest([
        since ?? null,
        [
            ...groupBy
        ].sort(),
        [
            ...projects ?? []
        ].sort()
    ], 22);

//# sourceMappingURL=state.js.map