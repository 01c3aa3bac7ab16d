import { parseArgs } from 'node:util';
import { ConfigurationError, obtainSpotifyConsent, readConfiguration } from '#lib/wiring';
import { ask, find, serviceOf } from './service.js';
import { readOr } from './words.js';
const USAGE = 'connect needs: npm run cli -- connect spotify --user ann --connection ann-spotify [--service URL] [--port 8888] [--seconds 300]\n';
function parsed(words) {
    const text = {
        type: 'string'
    };
    const options = {
        user: text,
        connection: text,
        service: text,
        port: text,
        seconds: text
    };
    const { values, positionals } = parseArgs({
        args: [
            ...words
        ],
        options,
        allowPositionals: true,
        strict: true
    });
    const port = whole('port', values.port, 8_888, 65_535);
    const seconds = whole('seconds', values.seconds, 300, 86_400);
    return {
        ...values,
        port,
        seconds,
        positionals
    };
}
const whole = (flag, given, fallback, most)=>{
    const value = given === undefined ? fallback : Number(given);
    if (given?.trim() !== '' && Number.isInteger(value) && value >= 0 && value <= most) return value;
    throw new Error(`--${flag} ${given} is no whole number from 0 to ${most}`);
};
/** Lets a person connect a Spotify account: consent in any browser, the answer to a port of this machine. */ export async function connect(words) {
    const read = readOr(USAGE, ()=>parsed(words));
    if (read === undefined) return 2;
    const { user, connection, port, seconds } = read;
    if (read.positionals[0] !== 'spotify' || user === undefined || connection === undefined) {
        process.stderr.write(USAGE);
        return 2;
    }
    const configuration = readConfiguration(process.env, {
        listens: false
    });
    const service = serviceOf(configuration, read.service);
    const path = `/v1/connections/${encodeURIComponent(connection)}`;
    // A consent that cannot be stored is a consent for nothing; without a client id there is none to ask for.
    if (configuration.spotify.clientId !== '') await assertStorable(service, path, user);
    const consented = await obtainSpotifyConsent({
        configuration,
        port,
        waitMs: seconds * 1_000,
        onUrl: (url, redirectUri)=>void process.stdout.write(`Your app must list ${redirectUri} as a redirect URI. Open this in a browser on this machine:\n\n${url}\n\n`)
    });
    const { status } = await ask(service, 'PUT', path, {
        user,
        ...consented
    });
    if (status === 'suspended') await restore(service, path);
    process.stdout.write(`${connection} is connected. Its refresh token is in the vault of ${service.url}.\n`);
    return 0;
}
/** @throws {ConfigurationError} nobody answers, or the connection is somebody else's */ async function assertStorable(service, path, user) {
    const present = await find(service, path);
    // A schedule may have claimed it before it is anybody's.
    if (present?.['user'] === undefined) return;
    if (present['user'] === user && present['provider'] === 'spotify') return;
    throw new ConfigurationError(`the connection belongs to user ${String(present['user'])} at ${String(present['provider'])}: name another`);
}
/** It was suspended for the consent that is given now, unless somebody had asked for it. */ async function restore(service, path) {
    const { suspension } = await ask(service, 'GET', path);
    if (suspension?.cause === 'request') process.stdout.write('It stays suspended, as somebody asked for: POST …/restore lets it go on.\n');
    else await ask(service, 'POST', `${path}/restore`);
}

//# sourceMappingURL=connect.js.map