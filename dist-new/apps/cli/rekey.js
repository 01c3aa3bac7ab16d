import { readConfiguration, rekeyVault } from '#lib/wiring';
import { plainWords } from './words.js';
/**
 * Seals the credentials of the vault's file anew, under the first key: the others may go then. The service may run, if it
 * was started with all of them.
 */ export async function rekey(words) {
    if (plainWords(words, {
        usage: 'rekey takes nothing more: npm run cli -- rekey\n'
    }) === undefined) return 2;
    const count = await rekeyVault(readConfiguration(process.env, {
        listens: false
    }));
    process.stdout.write(`${count} credentials were under an older key; all are under the first one now\n`);
    return 0;
}

//# sourceMappingURL=rekey.js.map