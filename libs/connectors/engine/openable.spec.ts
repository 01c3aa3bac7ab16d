import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { SharedVault, type SharedMap } from '#lib/credentials';
import { defineConnector } from '../kit/index.js';
import { netflixExport } from '../netflix-export/index.js';
import { spotifyWebapi } from '../spotify-webapi/index.js';
import { Rig } from '../testing/index.js';

const owner = { tenant: 'default', connection: 'connection-1' };
const [before, after] = ['0123456789abcdefghijklmnopqrstuv', 'vutsrqponmlkjihgfedcba9876543210'].map((text) =>
  Buffer.from(text).toString('base64'),
);

/** Credentials that were sealed under one key, in a vault that has been given another. */
async function sealedVault(secrets: Readonly<Record<string, string>>): Promise<SharedVault> {
  let stored: { value: string; revision: number } | undefined;
  const map: SharedMap = {
    read: async () => stored,
    write: async (_key, value, revision) => {
      stored = { value, revision: revision + 1 };
      return true;
    },
  };
  await new SharedVault(map, [before!]).write(owner, secrets, 0);
  return new SharedVault(map, [after!]);
}

const withApiKey = defineConnector({
  manifest: {
    ...netflixExport.manifest,
    id: 'demo.key',
    provider: 'demo',
    config: z.unknown(),
    secrets: ['api_key'],
  },
  check: async ({ vault, owner: of }) => ({
    ok: (await vault.read(of)) !== undefined,
    class: 'CONFIG',
    message: 'none',
  }),
  async *read({ vault, owner: of }) {
    yield { kind: 'state', state: { v: 1, version: (await vault.read(of))?.version } };
  },
});

describe('given credentials that are sealed under a key that is not configured', () => {
  test('a run waits, and is no failure of the connector’s or of the provider’s', async () => {
    const rig = new Rig({ connector: withApiKey, config: {}, vault: await sealedVault({ api_key: 'k' }) });
    const waits = {
      kind: 'snoozed',
      class: 'DATA_NOT_READY',
      message: expect.stringMatching(/which is not configured .*; or connect again$/),
    };
    expect(await rig.run()).toMatchObject(waits);
    const oauth = { clientId: 'demo' };
    const vault = await sealedVault({ refresh_token: 'r' });
    expect(await new Rig({ connector: spotifyWebapi, config: oauth, vault }).run()).toMatchObject(waits);
  });

  test('an executor elsewhere and whoever asks whether the connection is good are told the same', async () => {
    const told = { class: 'DATA_NOT_READY', code: 'credentials_unreadable' };
    const vault = await sealedVault({ api_key: 'k' });
    const { engine } = new Rig({ connector: withApiKey, config: {}, vault });
    await expect(engine.forExecutor(owner)).rejects.toMatchObject(told);
    expect(await engine.checkConnection(owner.tenant, owner.connection)).toMatchObject({ class: told.class });
    const oauth = new Rig({ connector: spotifyWebapi, config: { clientId: 'demo' }, vault });
    await expect(oauth.engine.accessToken(owner, undefined)).rejects.toMatchObject(told);
  });
});
