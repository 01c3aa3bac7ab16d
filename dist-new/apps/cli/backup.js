import { existsSync } from 'node:fs';
import { backupLog, readConfiguration } from '#lib/wiring';
import { plainWords } from './words.js';
const USAGE = 'backup needs the file to write: npm run cli -- backup /backups/events.sqlite\n';
/** Copies the event log to a file that does not exist yet. Read models need no copy: they come from the log. */ export async function backup(words) {
    const file = plainWords(words, {
        others: 1,
        usage: USAGE
    })?.others[0];
    if (file === undefined) return 2;
    if (existsSync(file)) {
        process.stderr.write(`${file} exists already; name a new file\n`);
        return 2;
    }
    const head = await backupLog(readConfiguration(process.env, {
        listens: false
    }), file);
    process.stdout.write(`${file} holds the log up to position ${head}. Keep the vault and its key apart from it.\n`);
    return 0;
}

//# sourceMappingURL=backup.js.map