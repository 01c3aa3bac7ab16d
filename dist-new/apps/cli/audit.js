import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { auditLog, ConfigurationError, readConfiguration } from '#lib/wiring';
import { readOr } from './words.js';
const USAGE = 'audit needs: npm run cli -- audit [--folder FOLDER] [--anchor DIGEST.json]… [--public-key KEY.pem]\n';
function parsed(words) {
    const text = {
        type: 'string'
    };
    const options = {
        folder: text,
        anchor: {
            ...text,
            multiple: true
        },
        'public-key': text
    };
    return parseArgs({
        args: [
            ...words
        ],
        options,
        strict: true
    }).values;
}
/**
 * Holds the log against the digests that were made of it, in this folder and elsewhere. The service may run. Exit code 0:
 * all is as it was sealed; 3: it is not.
 */ export async function audit(words) {
    const values = readOr(USAGE, ()=>parsed(words));
    if (values === undefined) return 2;
    const configuration = readConfiguration(process.env, {
        listens: false
    });
    const folder = values.folder ?? configuration.auditFolder;
    if (folder === undefined) throw new ConfigurationError('name the folder of the digests: --folder, or SYNCOPATE_AUDIT_FOLDER');
    if (!existsSync(folder)) throw new ConfigurationError(`there is no folder ${folder}`);
    const publicKeyFile = values['public-key'];
    const report = await auditLog(configuration, {
        folder,
        anchors: values.anchor ?? [],
        ...publicKeyFile === undefined ? {} : {
            publicKeyFile
        }
    });
    const { findings, digests, events, sealedUpTo, chain, unsealed } = report;
    const lines = [
        `${events} events, ${digests} digests`,
        `sealed up to position ${sealedUpTo}, chain ${chain}; ${unsealed} events after it are not sealed yet`,
        ...findings.map(({ kind, message })=>`${kind}: ${message}`),
        ...publicKeyFile === undefined ? [
            'signatures were not looked at: name the key with --public-key'
        ] : [],
        findings.length === 0 ? 'all is as it was sealed' : `NOT AS IT WAS SEALED: ${findings.length} findings`
    ];
    process.stdout.write(`${lines.join('\n')}\n`);
    return findings.length === 0 ? 0 : 3;
}

//# sourceMappingURL=audit.js.map