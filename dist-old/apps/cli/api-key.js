import { createHash, randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { apiKeyEntry, roles } from '#lib/contracts/api';
import { readOr } from './words.js';
const USAGE = `api-key needs: npm run cli -- api-key --name NAME --role ${roles.join('|')} [--tenant T] [--expires INSTANT]\n`;
/** Known to scanners for secrets that somebody let slip, by how it begins. */ const PREFIX = 'syncopate_';
/**
 * Makes a key of 256 random bits and says it once, with its entry for the file of keys, which has its digest only. Of such a
 * key a plain SHA-256 does: there is no guessing it.
 */ export function apiKey(words) {
    const text = {
        type: 'string'
    };
    const options = {
        name: text,
        role: text,
        tenant: text,
        expires: text
    };
    const read = readOr(USAGE, ()=>parseArgs({
            args: [
                ...words
            ],
            options,
            strict: true
        }));
    if (read === undefined) return Promise.resolve(2);
    const { name, role, tenant, expires } = read.values;
    const key = PREFIX + randomBytes(32).toString('base64url');
    const sha256 = createHash('sha256').update(key).digest('hex');
    const entry = {
        name,
        sha256,
        role,
        ...tenant === undefined ? {} : {
            tenant
        },
        ...expires === undefined ? {} : {
            expiresAt: expires
        }
    };
    const checked = apiKeyEntry.safeParse(entry);
    if (!checked.success) {
        process.stderr.write(`${z.prettifyError(checked.error)}\n${USAGE}`);
        return Promise.resolve(2);
    }
    process.stdout.write(`The key, told this once: ${key}\nIts entry in the file that SYNCOPATE_API_KEYS_FILE names, {"keys": [ … ]}:\n${JSON.stringify(entry)}\n`);
    return Promise.resolve(0);
}

//# sourceMappingURL=api-key.js.map