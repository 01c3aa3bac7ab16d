import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { ConfigurationError } from './config.js';
/** What a client makes of what is asked of it, to see whether it can. */ const NONCE = 'nonce';
function said(what, work) {
    try {
        return work();
    } catch (error) {
        throw new ConfigurationError(`${what}: ${error.message}`);
    }
}
/** Undefined where none is named. */ const contentOf = (name, file)=>file === undefined ? undefined : said(`${name}=${file} cannot be read`, ()=>readFileSync(file));
function assertTls({ tls = {} }) {
    const ca = contentOf('SYNCOPATE_NATS_TLS_CA', tls.caFile);
    const cert = contentOf('SYNCOPATE_NATS_TLS_CERT', tls.certFile);
    const key = contentOf('SYNCOPATE_NATS_TLS_KEY', tls.keyFile);
    // What is no certificate is left out of those that are trusted, without a word.
    if (ca !== undefined) said('SYNCOPATE_NATS_TLS_CA holds no certificate in PEM', ()=>new X509Certificate(ca));
    said('SYNCOPATE_NATS_TLS_CERT and SYNCOPATE_NATS_TLS_KEY are no certificate and its key in PEM', ()=>createSecureContext({
            cert,
            key
        }));
}
/**
 * Files by which NATS is entered, before it is: what is wrong with one is no fault of the server's, and its client does not
 * know which setting has named it.
 * @throws {ConfigurationError} naming the setting; never with what is in the file.
 */ export async function assertNatsFiles({ nats }) {
    if (nats === undefined) return;
    const creds = contentOf('SYNCOPATE_NATS_CREDS_FILE', nats.credsFile);
    const seed = contentOf('SYNCOPATE_NATS_NKEY_SEED_FILE', nats.nkeySeedFile);
    assertTls(nats);
    if (creds === undefined && seed === undefined) return;
    const { credsAuthenticator, nkeyAuthenticator } = await import('@nats-io/transport-node');
    if (creds !== undefined) said(`SYNCOPATE_NATS_CREDS_FILE=${nats.credsFile} is no creds file, of a user's JWT and seed, as nsc writes it`, ()=>credsAuthenticator(creds)(NONCE));
    if (seed !== undefined) said(`SYNCOPATE_NATS_NKEY_SEED_FILE=${nats.nkeySeedFile} holds no seed of a user's nkey (SU…, one line)`, ()=>nkeyAuthenticator(new TextEncoder().encode(seed.toString('utf8').trim()))(NONCE));
}

//# sourceMappingURL=nats-files.js.map