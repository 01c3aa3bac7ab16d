import { ConnectorError, isConnectorError } from '../kit/index.js';
import { KEYS_PAGE } from './errors.js';
import { ADMIN_KEY } from './manifest.js';
/** How the keys that do not work here begin (help.openai.com/articles/9186755 tells projects' keys). */ const OTHER_KEYS = /^sk-(proj|svcacct|None)-/;
/** @throws {ConnectorError} AUTH_REVOKED without a key. */ export async function openaiClient(context) {
    const { vault, owner, http, signal } = context;
    const key = (await vault.read(owner))?.secrets[ADMIN_KEY]?.trim() ?? '';
    if (!/^[\x21-\x7e]+$/.test(key)) {
        const what = key === '' ? 'no Admin key is stored' : 'what is stored cannot be an Admin key';
        throw new ConnectorError('AUTH_REVOKED', `${what}: create one (${KEYS_PAGE}) and store it here`, {
            code: 'no_credentials'
        });
    }
    return async (path, query, schema)=>{
        // In the path, because the kit's own query holds one value for each name.
        const request = {
            where: 'api',
            host: 'api',
            method: 'GET',
            path: path + listsOf(query)
        };
        try {
            return await http.json({
                ...request,
                query: singlesOf(query),
                bearer: key,
                secrets: fragments(key),
                signal
            }, schema);
        } catch (error) {
            throw explained(error, key);
        }
    };
}
/** As `group_by=a&group_by=b`, which is how the cookbook sends lists (cookbook.openai.com/examples/completions_usage_api). */ function listsOf(query) {
    const lists = new URLSearchParams();
    for (const [name, value] of Object.entries(query)){
        if (typeof value === 'object') for (const one of value)lists.append(name, one);
    }
    return lists.size === 0 ? '' : `?${lists.toString()}`;
}
const singlesOf = (query)=>Object.fromEntries(Object.entries(query).filter((entry)=>typeof entry[1] === 'string'));
/** OpenAI quotes a refused key with its middle starred out: the ends are no more for messages than the whole. */ const fragments = (key)=>key.length < 20 ? [] : [
        key.slice(0, 16),
        key.slice(0, 12),
        key.slice(-4)
    ];
/** A refusal of a key that could never have worked says so first. */ function explained(error, key) {
    if (!isConnectorError(error) || ![
        'AUTH_REVOKED',
        'PERMISSION'
    ].includes(error.class)) return error;
    if (!OTHER_KEYS.test(key)) return error;
    return new ConnectorError(error.class, `this is the key of a project or a service account, not an Admin key; ${error.message}`, {
        code: 'not_an_admin_key'
    });
}

//# sourceMappingURL=client.js.map