import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { jetstreamManager } from '@nats-io/jetstream';
import { nkeys } from '@nats-io/nats-core';
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { connectNats, disconnectNats, type NatsOptions } from '#lib/messaging/nats';
import { startNats, type NatsServer } from '../../scripts/nats-server.mjs';
import { operatorAccounts } from '../support/nats-accounts.js';

const folder = mkdtempSync(join(tmpdir(), 'syncopate-authentication-'));
const tls = fileURLToPath(new URL('../support/tls', import.meta.url));
let nats: NatsServer | undefined;
const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const serve = async (settings: string): Promise<number> => {
  nats = await startNats({ config: file('server.conf', settings) });
  return nats.port;
};
afterEach(async () => {
  await nats?.stop();
  nats?.remove();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Enters, and asks JetStream something. */
async function enter(port: number, way: Partial<NatsOptions>): Promise<string> {
  const options = { servers: [`nats://127.0.0.1:${port}`], role: 'scheduler', name: 's1', ...way } as const;
  const nc = await connectNats(options);
  try {
    await (await jetstreamManager(nc)).getAccountInfo();
    return 'entered';
  } finally {
    await disconnectNats(nc);
  }
}
const refused = /^NATS at 127\.0\.0\.1 cannot be reached or entered: /;

describe('ways into NATS', () => {
  test('a token; a wrong one, or none, is refused', async () => {
    const port = await serve('authorization { token: "right" }');
    expect(await enter(port, { token: 'right' })).toBe('entered');
    await expect(enter(port, { token: 'wrong' })).rejects.toThrow(refused);
    await expect(enter(port, {})).rejects.toThrow(refused);
  });

  test('a user and a password, which no error tells', async () => {
    const port = await serve('authorization { user: "ann", password: "right" }');
    expect(await enter(port, { user: 'ann', password: 'right' })).toBe('entered');
    const failing = enter(port, { user: 'ann', password: 'pw-canary' });
    await expect(failing).rejects.toThrow(refused);
    await expect(failing).rejects.not.toThrow(/canary/);
  });

  test('an nkey from a seed file; another key is refused', async () => {
    const [user, other] = [nkeys.createUser(), nkeys.createUser()];
    const seed = (key: typeof user): string => `${new TextDecoder().decode(key.getSeed())}\n`;
    const port = await serve(`authorization { users: [ { nkey: ${user.getPublicKey()} } ] }`);
    expect(await enter(port, { nkeySeedFile: file('right.nk', seed(user)) })).toBe('entered');
    await expect(enter(port, { nkeySeedFile: file('other.nk', seed(other)) })).rejects.toThrow(refused);
  });

  test('a JWT in a creds file; one of another operator is refused', async () => {
    const { config, creds } = operatorAccounts();
    const port = await serve(config);
    expect(await enter(port, { credsFile: file('right.creds', creds) })).toBe('entered');
    const foreign = file('foreign.creds', operatorAccounts().creds);
    await expect(enter(port, { credsFile: foreign })).rejects.toThrow(refused);
  });

  test('TLS with a CA of one’s own; without that CA the server is not trusted', async () => {
    const port = await serve(`tls { cert_file: "${tls}/server.pem", key_file: "${tls}/server-key.pem" }`);
    const servers = [`tls://127.0.0.1:${port}`];
    expect(await enter(port, { servers, tls: { caFile: `${tls}/ca.pem` } })).toBe('entered');
    await expect(enter(port, { servers, tls: {} })).rejects.toThrow(refused);
  });

  test('plain text to another machine is refused before anything is sent', async () => {
    await expect(enter(4_222, { servers: ['nats://192.0.2.1:4222'], token: 'x' })).rejects.toThrow(
      'NATS at 192.0.2.1 would be spoken to unencrypted',
    );
  });
});
