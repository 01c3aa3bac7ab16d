import { z } from 'zod';
export const parameterName = z.string().regex(/^[A-Za-z0-9_.[\]$-]{1,100}$/, 'is no name of a parameter');
export const secretName = z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, 'must be the name of a secret in the vault, not the secret itself');
/** Those that decide how a message is framed, or to whom it goes, are ours to write. */ const OURS = [
    'host',
    'content-length',
    'content-type',
    'transfer-encoding',
    'connection',
    'expect',
    'upgrade'
];
export const headerName = z.string().regex(/^[A-Za-z0-9-]{1,60}$/, 'is no name of a header').refine((name)=>!OURS.includes(name.toLowerCase()), 'this header is not to be set');
/** A record whose keys are held to a schema, with the schema's own words: zod's record says "Invalid key" only. */ export const named = (name, value)=>z.record(z.string(), value).superRefine((all, context)=>{
        for (const key of Object.keys(all)){
            const message = name.safeParse(key).error?.issues[0]?.message;
            if (message !== undefined) context.addIssue({
                code: 'custom',
                path: [
                    key
                ],
                message
            });
        }
    });
/** Names under which APIs take credentials: `X-Api-Key`, `access_token`, `sig`, `Cookie`, … */ const SECRET_NAME = /(?:^|[^a-z])(?:key|token|secret|auth|authorization|password|passwd|pwd|cookie|session|signature|sig|credential)s?(?:$|[^a-z])|apikey|accesstoken|clientsecret/i;
/** The settings whose names say that they hold a secret in the clear: settings are shown, logged and stored as they are. */ export function literals(config) {
    const found = [];
    const look = (part, name)=>{
        if (SECRET_NAME.test(name.replace(/([a-z])([A-Z])/g, '$1-$2'))) found.push([
            part,
            name
        ]);
    };
    for (const name of Object.keys(config.query))look('query', name);
    for (const name of Object.keys(config.headers))look('headers', name);
    JSON.stringify(config.body ?? {}, (name, value)=>{
        look('body', name);
        return value;
    });
    return found;
}

//# sourceMappingURL=literals.js.map