import { ConnectorError, type AccessTokens, type ConnectionSettings, type TaskAccess } from '#lib/connectors';
import type { ConnectionAnswer, ConnectionRequest } from '#lib/contracts/messages';
import type { ExecutorDesk } from '#lib/messaging/port';
import type { CredentialVault, SyncTask } from '#lib/ports';

type Granted = Extract<ConnectionAnswer, { granted: true }>;

/**
 * What an executor in a process of its own knows of a connection: what the scheduler tells it for as long as it holds an
 * attempt. It sees settings, secrets that cannot be had otherwise, and access tokens; refresh tokens stay where the
 * vault is, so that a stolen executor is worth an hour.
 */
export function remoteAccess(executor: string, desk: ExecutorDesk): (task: SyncTask) => TaskAccess {
  return (task) => {
    const { tenant, schedule, run, attempt, fence, connection } = task;
    const request: ConnectionRequest = { tenant, schedule, run, attempt, fence, executor, connection };
    let asked: Promise<Granted> | undefined;
    const view = (): Promise<Granted> => (asked ??= granted(desk, request));
    return {
      settings: async (): Promise<ConnectionSettings> => {
        const { connector, config, user } = await view();
        return { connector, config, user };
      },
      vault: readOnly(view),
      tokens: tokensOf(desk, request),
    };
  };
}

async function granted(desk: ExecutorDesk, request: ConnectionRequest): Promise<Granted> {
  const answer = await desk.connection(request);
  if (answer.granted) return answer;
  throw new ConnectorError('CONFIG', answer.reason, { code: 'connection_refused' });
}

function tokensOf(desk: ExecutorDesk, request: ConnectionRequest): AccessTokens {
  const ask = async (refused?: string): Promise<string> => {
    const answer = await desk.token({ ...request, ...(refused === undefined ? {} : { refused }) });
    if (answer.granted) return answer.token;
    throw new ConnectorError(answer.class, answer.message, { code: answer.code });
  };
  return { current: () => ask(), renew: (_owner, refused) => ask(refused) };
}

const readOnly = (view: () => Promise<Granted>): CredentialVault => ({
  async read() {
    const { secrets, version } = await view();
    return { secrets, version };
  },
  write: () => Promise.reject(new Error('an executor does not write credentials')),
  remove: () => Promise.reject(new Error('an executor does not remove credentials')),
});
