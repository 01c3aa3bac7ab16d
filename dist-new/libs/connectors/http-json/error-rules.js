import { z } from 'zod';
import { DAY, MINUTE } from '#lib/domain/kernel';
const waits = [
    'RATE_LIMITED',
    'QUOTA_EXHAUSTED',
    'DATA_NOT_READY'
];
/** A row of the error table as settings write it. Left out are the classes that only code can know. */ export const errorRule = z.strictObject({
    status: z.int().min(300).max(599).optional(),
    /** JSON pointer → exact text. */ json: z.record(z.string().startsWith('/'), z.string()).optional(),
    bodyContains: z.string().min(1).max(200).optional(),
    header: z.record(z.string(), z.string()).optional(),
    class: z.enum([
        'TRANSIENT',
        'RATE_LIMITED',
        'QUOTA_EXHAUSTED',
        'AUTH_REVOKED',
        'PERMISSION',
        'CONFIG',
        'SCHEMA_DRIFT',
        'DATA_NOT_READY',
        'CURSOR_INVALID'
    ]),
    delayHeader: z.string().min(1).max(60).optional(),
    fallbackDelayMs: z.int().min(0).max(DAY).optional(),
    advice: z.string().max(300).optional()
}).refine(({ status, json, bodyContains, header })=>[
        status,
        bodyContains
    ].some((part)=>part !== undefined) || Object.keys({
        ...json,
        ...header
    }).length > 0, 'needs a condition: status, json, bodyContains or header').refine((rule)=>!waits.includes(rule.class) || rule.fallbackDelayMs !== undefined, 'a class that waits needs fallbackDelayMs, for answers that name no time').transform((rule)=>{
    const given = Object.entries(rule).filter(([, value])=>value !== undefined);
    return {
        where: 'api',
        class: rule.class,
        ...Object.fromEntries(given)
    };
});
const moved = (status)=>({
        where: 'api',
        status,
        class: 'CONFIG',
        advice: 'the service sends us elsewhere, and redirects are not followed: enter its final address'
    });
const unfit = (status)=>({
        where: 'api',
        status,
        class: 'CONFIG',
        advice: 'the service does not understand the request: check path, method, query and body'
    });
/** What statuses mean where nobody said otherwise (RFC 9110 §15). */ export const errors = [
    ...[
        301,
        302,
        303,
        307,
        308
    ].map(moved),
    {
        where: 'api',
        status: 401,
        class: 'AUTH_REVOKED',
        advice: 'the service refuses the secret: store a new one'
    },
    {
        where: 'api',
        status: 403,
        class: 'PERMISSION',
        advice: 'the secret does not allow this request'
    },
    ...[
        400,
        404,
        405,
        406,
        410,
        415,
        422
    ].map(unfit),
    {
        where: 'api',
        status: 429,
        class: 'RATE_LIMITED',
        delayHeader: 'retry-after',
        fallbackDelayMs: MINUTE
    }
];

//# sourceMappingURL=error-rules.js.map