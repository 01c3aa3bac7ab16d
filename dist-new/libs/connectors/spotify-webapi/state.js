import { z } from 'zod';
import { ConnectorError } from '../kit/index.js';
/**
 * How far plays were read. `after`: the newest `played_at` seen, epoch milliseconds. `before`: set while a first read
 * walks back from the newest play, so that a killed run goes on walking instead of leaving a hole behind `after`.
 * `account`: whose plays; states of before did not name it.
 */ const spotifyState = z.strictObject({
    v: z.literal(1),
    account: z.string().optional(),
    after: z.number().int().nonnegative().optional(),
    before: z.string().regex(/^\d+$/).optional()
});
/** @throws {ConnectorError} CURSOR_INVALID: written by a version that is not ours; the engine reads in full instead. */ export function stateOf(state) {
    if (state === undefined || state === null) return {
        v: 1
    };
    const parsed = spotifyState.safeParse(state);
    if (parsed.success) return parsed.data;
    throw new ConnectorError('CURSOR_INVALID', 'the stored Spotify cursor is not readable', {
        code: 'state_unreadable'
    });
}

//# sourceMappingURL=state.js.map