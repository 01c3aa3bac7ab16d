import { isEventStoreError } from '#lib/event-store/port';
import { ConfigurationError, ConsentRefused } from '#lib/wiring';
import { apiKey } from './api-key.js';
import { audit } from './audit.js';
import { backup } from './backup.js';
import { connect } from './connect.js';
import { parked } from './parked.js';
import { rebuild } from './rebuild.js';
import { rekey } from './rekey.js';
/** One verb a file; each answers its exit code. */ const verbs = {
    rebuild: {
        run: rebuild,
        help: 'rebuild [--keep]        build the read model anew from the log, compare, report the difference, swap it in'
    },
    connect: {
        run: connect,
        help: 'connect spotify --user U --connection C   let a person connect an account in a browser'
    },
    parked: {
        run: parked,
        help: 'parked [--replay ID]    list events that a saga or a read model could not take, or show one to its saga again'
    },
    backup: {
        run: backup,
        help: 'backup FILE             copy the event log, consistently, while the service runs'
    },
    rekey: {
        run: rekey,
        help: 'rekey                   seal the credentials in the vault anew, under the first of its keys'
    },
    'api-key': {
        run: apiKey,
        help: 'api-key --name N --role R   make an API key, and its entry in the file of keys'
    },
    audit: {
        run: audit,
        help: 'audit [--anchor FILE]   hold the event log against the digests that were made of it'
    }
};
const usage = `syncopate: npm run cli -- VERB\n\n${Object.values(verbs).map(({ help })=>`  ${help}`).join('\n')}\n\nThe folder is SYNCOPATE_DATA (default: data).\n`;
const asksForHelp = (words)=>words[0] === 'help' || words.some((word)=>word === '--help' || word === '-h');
async function main([verb, ...words]) {
    if (verb !== undefined && asksForHelp([
        verb,
        ...words
    ])) {
        process.stdout.write(usage);
        return 0;
    }
    if (verb === undefined || !Object.hasOwn(verbs, verb)) {
        process.stderr.write(verb === undefined ? usage : `there is no verb "${verb}"\n\n${usage}`);
        return 2;
    }
    return await verbs[verb]?.run(words) ?? 2;
}
main(process.argv.slice(2)).then((code)=>process.exit(code), (error)=>{
    const known = isEventStoreError(error) || error instanceof ConsentRefused || error instanceof ConfigurationError;
    process.stderr.write(`syncopate: ${error instanceof Error ? known ? error.message : error.stack ?? error.message : String(error)}\n`);
    process.exit(1);
});

//# sourceMappingURL=run.js.map