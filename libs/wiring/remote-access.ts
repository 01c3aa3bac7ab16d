import { ConnectorError, type AccessTokens, type ConnectionSettings, type TaskAccess } from '#lib/connectors';
import type { ConnectionAnswer, ConnectionRequest, TokenAnswer, TokenRequest } from '#lib/contracts/messages';
import { askAgain, isRefusal, type ExecutorDesk } from '#lib/messaging/port';
import type { CredentialVault, SyncTask, Timers } from '#lib/ports';

type Granted = Extract<ConnectionAnswer, { granted: true }>;

/** Some two minutes: longer than a scheduler takes to start, or another one to take over. */
const TRIES = 60;

/**
 * What an executor in a process of its own knows of a connection: what the scheduler tells it for as long as it holds an
 * attempt. It sees settings, secrets that cannot be had otherwise, and access tokens; refresh tokens stay where the
 * vault is, so that a stolen executor is worth an hour.
 */
export function remoteAccess(
  executor: string,
  asked: Pick<ExecutorDesk, 'connection' | 'token'>,
  timers: Timers,
): (task: SyncTask) => TaskAccess {
  const desk = patient(asked, timers);
  return (task) => {
    const { tenant, schedule, run, attempt, fence, connection } = task;
    const request: ConnectionRequest = { tenant, schedule, run, attempt, fence, executor, connection };
    let known: Promise<Granted> | undefined;
    const view = (): Promise<Granted> => {
      known ??= granted(desk, request);
      known.catch(() => (known = undefined));
      return known;
    };
    return {
      settings: async (): Promise<ConnectionSettings> => {
        const { connector, config, user, ownApp } = await view();
        return { connector, config, user, ownApp };
      },
      vault: readOnly(view),
      tokens: tokensOf(desk, request),
    };
  };
}

type Questions = {
  connection(request: ConnectionRequest): Promise<ConnectionAnswer>;
  /** The signal: nobody waits for the answer any more. */
  token(request: TokenRequest, signal: AbortSignal): Promise<TokenAnswer>;
};

/**
 * Asks until there is an answer: that a scheduler restarts, or hands a shard to another one, is no fault of the
 * connector's or the provider's, and must not count as one. What is refused is refused at once.
 */
function patient(desk: Pick<ExecutorDesk, 'connection' | 'token'>, timers: Timers): Questions {
  const again = <T>(ask: () => Promise<T>, signal?: AbortSignal): Promise<T> =>
    askAgain(timers, ask, (tries, error) => tries >= TRIES || isRefusal(error) || signal?.aborted === true);
  return {
    connection: (request) => again(() => desk.connection(request)),
    token: (request, signal) => again(() => desk.token(request), signal),
  };
}

async function granted(desk: Questions, request: ConnectionRequest): Promise<Granted> {
  const answer = await desk.connection(request);
  if (answer.granted) return answer;
  const { class: errorClass = 'CONFIG', reason, code = 'connection_refused' } = answer;
  throw new ConnectorError(errorClass, reason, { code });
}

function tokensOf(desk: Questions, request: ConnectionRequest): AccessTokens {
  const ask = async (signal: AbortSignal, refused?: string): Promise<string> => {
    const about = { ...request, ...(refused === undefined ? {} : { refused }) };
    const answer = await desk.token(about, signal);
    if (answer.granted) return answer.token;
    throw new ConnectorError(answer.class, answer.message, { code: answer.code });
  };
  return {
    current: (_owner, _refresh, signal) => ask(signal),
    renew: (_owner, refused, _refresh, signal) => ask(signal, refused),
  };
}

const readOnly = (view: () => Promise<Granted>): CredentialVault => ({
  async read() {
    const { secrets, version } = await view();
    return { secrets, version };
  },
  write: () => Promise.reject(new Error('an executor does not write credentials')),
  remove: () => Promise.reject(new Error('an executor does not remove credentials')),
});
