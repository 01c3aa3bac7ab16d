import { createHash } from 'node:crypto';
import { nkeys } from '@nats-io/nats-core';

const { createAccount, createOperator, createUser } = nkeys;
type KeyPair = ReturnType<typeof createUser>;

const base64url = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('base64url');

/** A NATS JWT: `ed25519-nkey` over header and claims, the claims named by their hash (nats-io/jwt, version 2). */
function signed(by: KeyPair, subject: KeyPair, name: string, nats: object): string {
  const claims = { iat: 1_700_000_000, iss: by.getPublicKey(), sub: subject.getPublicKey(), name, nats };
  const jti = createHash('sha256').update(JSON.stringify(claims)).digest('hex');
  const header = base64url(JSON.stringify({ typ: 'JWT', alg: 'ed25519-nkey' }));
  const text = `${header}.${base64url(JSON.stringify({ ...claims, jti }))}`;
  return `${text}.${base64url(by.sign(new TextEncoder().encode(text)))}`;
}

const unlimited = {
  subs: -1,
  data: -1,
  payload: -1,
  imports: -1,
  exports: -1,
  wildcards: true,
  conn: -1,
  leaf: -1,
};
const jetStream = { mem_storage: -1, disk_storage: -1, streams: -1, consumer: -1 };

/** An operator with one account and one user, as `nsc` would make them: the server's settings and the user's creds. */
export function operatorAccounts(): { readonly config: string; readonly creds: string } {
  const [operator, system, account, user] = [
    createOperator(),
    createAccount(),
    createAccount(),
    createUser(),
  ];
  const operatorJwt = signed(operator, operator, 'made-up', {
    type: 'operator',
    version: 2,
    system_account: system.getPublicKey(),
  });
  const systemJwt = signed(operator, system, 'SYS', { limits: unlimited, type: 'account', version: 2 });
  const limits = { ...unlimited, ...jetStream };
  const accountJwt = signed(operator, account, 'syncopate', { limits, type: 'account', version: 2 });
  const userJwt = signed(account, user, 'scheduler', {
    subs: -1,
    data: -1,
    payload: -1,
    type: 'user',
    version: 2,
  });
  const seed = new TextDecoder().decode(user.getSeed());
  return {
    config: `operator: "${operatorJwt}"
resolver: MEMORY
resolver_preload: {
  ${system.getPublicKey()}: "${systemJwt}"
  ${account.getPublicKey()}: "${accountJwt}"
}
`,
    creds: `-----BEGIN NATS USER JWT-----\n${userJwt}\n------END NATS USER JWT------\n\n-----BEGIN USER NKEY SEED-----\n${seed}\n------END USER NKEY SEED------\n`,
  };
}
