import { problem, ProblemException } from './problem.js';

const SQLITE_BUSY = 5;
const SQLITE_FULL = 13;
/** By their names, as the client library throws them: no answer, nobody there, no connection, no leader. */
const natsAway = new Set([
  'TimeoutError',
  'RequestError',
  'NoRespondersError',
  'ConnectionError',
  'ClosedConnectionError',
  'DrainingConnectionError',
  'JetStreamNotEnabled',
  'JetStreamApiError',
]);
/** Of JetStream: its store, or the account's share of it, is used up. */
const natsFull = new Set([10_023, 10_047]);

type Thrown = {
  readonly name?: unknown;
  /** Of SQLite; the second byte says more. */
  readonly errcode?: number;
  /** Of JetStream, a number. */
  readonly code?: unknown;
};

/** The connection is registered by then, and a repeated key would be taken for done. */
const CREDENTIALS_NOT_STORED =
  'the credentials could not be stored; send the request again, with a new Idempotency-Key if it had one';

/** What the caller is told when the vault's file or server is away; undefined for what is no outage. */
export function vaultOutage(error: unknown, detail = CREDENTIALS_NOT_STORED): ProblemException | undefined {
  const { name, errcode = 0, code } = error as Thrown;
  const primary = errcode & 0xff;
  if (primary === SQLITE_FULL || (name === 'JetStreamApiError' && natsFull.has(Number(code))))
    return notStored(507, 'storage_full', detail);
  return primary === SQLITE_BUSY || natsAway.has(String(name))
    ? notStored(503, 'vault_unavailable', detail)
    : undefined;
}

const notStored = (status: 503 | 507, code: string, detail: string): ProblemException =>
  new ProblemException(problem(status, code, detail), { 'retry-after': '2' });
