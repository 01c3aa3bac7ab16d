import { z } from 'zod';
import { suspendCauses } from '#lib/domain/connection';
import { operationTypes } from '#lib/domain/schedule';
import { count, decided, instant, pageOf, words } from './primitives.js';
import { errorClass } from './run.js';
/** Without credentials: those are never shown. */ export const connection = z.strictObject({
    id: z.string(),
    status: z.enum([
        'active',
        'suspended'
    ]),
    user: z.string().optional().describe('Absent like the provider: a schedule names it, and nobody has registered it'),
    provider: z.string().optional(),
    connector: z.string().optional(),
    config: words.optional(),
    suspension: z.strictObject({
        cause: z.enum(suspendCauses),
        message: z.string().nullable(),
        at: instant.optional()
    }).optional(),
    consentEndsAt: instant.optional().describe('Its user must consent again before'),
    registeredAt: instant.optional(),
    claims: z.array(z.strictObject({
        schedule: z.string(),
        operation: z.enum(operationTypes),
        since: instant
    })).describe('The schedules that may act on it')
});
/** `next`: what `after` takes. */ export const connectionList = pageOf(connection);
const changed = {
    id: z.string(),
    ...decided
};
export const connectionChange = z.strictObject({
    status: z.enum([
        'active',
        'suspended'
    ]),
    ...changed
});
export const connectionRegistered = connectionChange.extend({
    credentials: z.enum([
        'stored',
        'unchanged'
    ])
});
export const connectionRemoved = z.strictObject({
    ...changed,
    status: z.literal('removed'),
    forgotten: count.describe('Rows that were synced over it, and are gone')
});
export const check = z.discriminatedUnion('ok', [
    z.strictObject({
        ok: z.literal(true),
        account: z.string().optional()
    }),
    z.strictObject({
        ok: z.literal(false),
        class: errorClass,
        message: z.string()
    })
]);
export const upload = z.strictObject({
    connection: z.string(),
    bytes: count,
    sha256: z.string(),
    unchanged: z.boolean().describe('It is the file that the connection named already'),
    runs: z.array(z.string()).describe('Those that import it'),
    refused: z.array(z.strictObject({
        schedule: z.string(),
        reason: z.string()
    }))
});

//# sourceMappingURL=connection.js.map