import { problem, ProblemException } from './problem.js';
const SQLITE_BUSY = 5;
const SQLITE_FULL = 13;
/** By their names, as the client library throws them: no answer, nobody there, no connection, no leader. */ const natsAway = new Set([
    'TimeoutError',
    'RequestError',
    'NoRespondersError',
    'ConnectionError',
    'ClosedConnectionError',
    'DrainingConnectionError',
    'JetStreamNotEnabled',
    'JetStreamApiError'
]);
/** Of JetStream: its store, or the account's share of it, is used up. */ const natsFull = new Set([
    10_023,
    10_047
]);
/** The connection is registered by then, and a repeated key would be taken for done. */ const CREDENTIALS_NOT_STORED = 'the credentials could not be stored; send the request again, with a new Idempotency-Key if it had one';
/** What the caller is told when the vault's file or server is away; undefined for what is no outage. */ export function vaultOutage(error, detail = CREDENTIALS_NOT_STORED) {
    const { name, errcode = 0, code } = error;
    const primary = errcode & 0xff;
    if (primary === SQLITE_FULL || name === 'JetStreamApiError' && natsFull.has(Number(code))) return notStored(507, 'storage_full', detail);
    return primary === SQLITE_BUSY || natsAway.has(String(name)) ? notStored(503, 'vault_unavailable', detail) : undefined;
}
const notStored = (status, code, detail)=>new ProblemException(problem(status, code, detail), {
        'retry-after': '2'
    });

//# sourceMappingURL=vault-problem.js.map