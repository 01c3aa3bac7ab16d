import { z } from 'zod';
import { instant, name } from './primitives.js';
/** From the least to the most. */ export const roles = [
    'metrics',
    'read',
    'write',
    'operate'
];
const allowed = {
    metrics: [
        'metrics'
    ],
    read: [
        'read'
    ],
    write: [
        'read',
        'write'
    ],
    operate: [
        'read',
        'write',
        'metrics',
        'operate'
    ]
};
export const may = (role, need)=>allowed[role].includes(need);
/** Roles that may do it, the least first. */ export const rolesFor = (need)=>roles.filter((role)=>may(role, need));
/** A key as the file of keys has it: who holds it, and its SHA-256 in place of itself. */ export const apiKeyEntry = z.strictObject({
    /** By which events and metrics tell who asked. */ name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be 1 to 40 small letters, digits or "-"'),
    sha256: z.string().regex(/^[0-9a-f]{64}$/, 'must be the SHA-256 of the key in 64 small hex digits: npm run cli -- api-key makes one'),
    role: z.enum(roles),
    tenant: name.refine((tenant)=>tenant !== 'inbox', 'must not be "inbox": files that wait for import lie under that name').default('default'),
    /** From then on it is refused. Absent: it does not end. */ expiresAt: instant.optional()
});
const twice = (values)=>values.find((value, index)=>values.indexOf(value) !== index);
export const apiKeysFile = z.strictObject({
    keys: z.array(apiKeyEntry)
}).superRefine(({ keys }, context)=>{
    const named = twice(keys.map((key)=>key.name));
    if (named !== undefined) context.addIssue({
        code: 'custom',
        path: [
            'keys'
        ],
        message: `two keys are named "${named}"`
    });
    if (twice(keys.map((key)=>key.sha256)) !== undefined) context.addIssue({
        code: 'custom',
        path: [
            'keys'
        ],
        message: 'one key is there twice'
    });
});

//# sourceMappingURL=api-keys.js.map