import { z } from 'zod';
import { errorRule } from './error-rules.js';
import { headerName, literals, named, parameterName, secretName } from './literals.js';
import { paging } from './paging-config.js';
import { pointerText, records } from './records-config.js';
const auth = z.discriminatedUnion('kind', [
    z.strictObject({
        kind: z.literal('none')
    }),
    z.strictObject({
        kind: z.literal('bearer'),
        secret: secretName
    }),
    /** `prefix`: what stands before the secret in the value, e.g. `Token `. */ z.strictObject({
        kind: z.literal('header'),
        name: headerName,
        prefix: z.string().max(20).default(''),
        secret: secretName
    }),
    z.strictObject({
        kind: z.literal('basic'),
        user: z.string().max(200),
        secret: secretName
    }),
    z.strictObject({
        kind: z.literal('query'),
        parameter: parameterName,
        secret: secretName
    })
]);
/** Where an incremental read goes on. For POST the parameter goes into the body. */ const incremental = z.strictObject({
    /** Within an item. */ cursor: pointerText,
    parameter: parameterName,
    /** How two cursors compare: as points in time, as numbers, or letter by letter. */ as: z.enum([
        'instant',
        'number',
        'text'
    ]).default('instant')
});
const limits = z.strictObject({
    requests: z.int().min(1).max(1_000).default(30),
    perSeconds: z.int().min(1).max(3_600).default(60),
    maxPages: z.int().min(1).max(1_000).default(100),
    maxItems: z.int().min(1).max(200_000).default(20_000)
});
const path = z.string().max(500).regex(/^\/(?![/\\])[^?#\\\s]*$/, 'must begin with one /, and hold no query: put that into "query"');
/** An API described instead of programmed. Secrets are named here and kept in the vault. */ export const httpJsonConfig = z.strictObject({
    /** Whose data it is, as a lower-case name: written into each record, and used in messages. */ provider: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,39}$/, 'must be a lower-case name'),
    baseUrl: z.string().max(500).refine((url)=>!/[?#]/.test(url), 'must hold no query and no fragment'),
    path,
    method: z.enum([
        'GET',
        'POST'
    ]).default('GET'),
    query: named(parameterName, z.string().max(500)).default({}),
    headers: named(headerName, z.string().regex(/^[\x20-\x7e]{0,500}$/, 'must be plain text')).default({}),
    /** For POST: sent as JSON, with paging and incremental parameters beside. */ body: z.record(z.string(), z.json()).optional(),
    auth: auth.default({
        kind: 'none'
    }),
    paging: paging.default({
        kind: 'none'
    }),
    records,
    incremental: incremental.optional(),
    limits: limits.prefault({}),
    /** Looked at before our own table. */ errors: z.array(errorRule).max(30).default([])
}).superRefine((config, context)=>{
    if (config.body !== undefined && config.method !== 'POST') context.addIssue({
        code: 'custom',
        path: [
            'body'
        ],
        message: 'goes with method POST only'
    });
    for (const [part, name] of literals(config)){
        const message = `"${name}" looks like a secret: put it into the vault and name it in "auth"`;
        context.addIssue({
            code: 'custom',
            path: [
                part
            ],
            message
        });
    }
});

//# sourceMappingURL=config.js.map