import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { beginAuthorization, exchangeCode, openCallback } from '#lib/connectors';
import { SpotifyStandIn } from '#lib/connectors/testing';
import { Engine, readConfiguration, silent } from '#lib/wiring';
import { startServer, type Server } from './described-server.js';
import { build, root } from '../crashes/process.js';

const folder = mkdtempSync(join(tmpdir(), 'syncopate-connect-'));
let spotify: SpotifyStandIn;
let engine: Engine;
let server: Server;
let accounts: string;

beforeAll(async () => {
  build();
  spotify = await SpotifyStandIn.start();
  accounts = spotify.baseUrls['spotify.webapi'].accounts;
  engine = await Engine.open(
    {
      ...readConfiguration({}),
      port: 0,
      dataFolder: folder,
      allowLoopbackProviders: true,
      spotify: { clientId: 'demo-client', accountsUrl: accounts, apiUrl: accounts },
    },
    { log: silent },
  );
  server = await startServer(engine, silent);
  await engine.start();
  spotify.addUser('ann', 'premium');
}, 120_000);
afterAll(async () => {
  await server.close();
  await engine.stop(0);
  await spotify.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The command line as a person runs it; `browser` gets the address that it prints. */
async function run(words: readonly string[], browser: (url: URL) => unknown = () => {}, more = {}) {
  const env = {
    ...process.env,
    NODE_OPTIONS: '',
    SYNCOPATE_SPOTIFY_CLIENT_ID: 'demo-client',
    SYNCOPATE_SPOTIFY_ACCOUNTS_URL: accounts,
    ...more,
  };
  const child = spawn(process.execPath, [join(root, 'dist/apps/cli/main.js'), 'connect', ...words], { env });
  let said = '';
  let opened = false;
  child.stdout.on('data', (text: Buffer) => {
    said += text.toString();
    const url = /^http\S+authorize\S+$/m.exec(said)?.[0];
    if (opened || url === undefined) return;
    opened = true;
    browser(new URL(url));
  });
  child.stderr.on('data', (text: Buffer) => (said += text.toString()));
  const code = await new Promise((resolve) => child.once('exit', resolve));
  return { code, said };
}
const words = (connection: string, ...more: string[]): string[] =>
  ['spotify', '--user', 'ann', '--connection', connection, '--service', server.url, '--port', '0', ...more]; // prettier-ignore
const agree = (url: URL): string => spotify.grants.authorize('ann', url.searchParams);
const checked = async (connection: string): Promise<unknown> =>
  (await fetch(`${server.url}/v1/connections/${connection}/check`, { method: 'POST' })).json();

describe('connecting an account from the command line', () => {
  test('given a person who agrees, the connection works, and no token is printed', async () => {
    let page = '';
    const { code, said } = await run(words('ann-spotify'), async (url) => {
      expect(url.searchParams.get('redirect_uri')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback$/);
      const answer = await fetch(agree(url));
      expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'");
      page = await answer.text();
    });
    expect({ code, page }).toMatchObject({ code: 0, page: expect.stringContaining('Connected.') });
    expect(await checked('ann-spotify')).toMatchObject({ ok: true });
    for (const token of spotify.grants.everyRefreshToken()) expect(said).not.toContain(token);
  });

  test('given a wrong state, the browser is told, and the right one still counts', async () => {
    const { code } = await run(words('ann-state'), async (url) => {
      const back = new URL(agree(url));
      const forged = new URL(back);
      forged.searchParams.set('state', 'x'.repeat(43));
      expect((await fetch(forged)).status).toBe(400);
      await fetch(back);
    });
    expect(code).toBe(0);
  });

  test('given a web page that sends what is no address, or a state of as many other characters, it waits on', async () => {
    const { code } = await run(words('ann-hostile'), async (url) => {
      const back = new URL(agree(url));
      const forged = new URL(back);
      forged.searchParams.set('state', '\u00e9'.repeat(43));
      expect((await fetch(forged)).status).toBe(400);
      expect((await fetch(`${back.origin}//`)).status).toBe(400);
      await fetch(back);
    });
    expect(code).toBe(0);
  });

  test('given a connection of somebody else, nobody is asked to agree', async () => {
    const put = { user: 'bob', provider: 'spotify', connector: 'spotify.webapi' };
    const init = {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(put),
    };
    expect((await fetch(`${server.url}/v1/connections/bob-spotify`, init)).status).toBe(200);
    let asked = false;
    const { code, said } = await run(words('bob-spotify'), () => (asked = true));
    expect({ code, asked }).toEqual({ code: 1, asked: false });
    expect(said).toContain('belongs to user bob');
  });

  test('given a service whose address ends in slashes, it is found', async () => {
    const { code, said } = await run(words('ann-slashes', '--service', `${server.url}//`), (url) =>
      fetch(agree(url)),
    );
    expect({ code, said }).toMatchObject({ code: 0 });
  });

  test('given a person who declines, nothing is stored', async () => {
    const { code, said } = await run(words('ann-denied'), (url) => {
      const back = new URL(url.searchParams.get('redirect_uri') ?? '');
      back.search = `error=access_denied&state=${url.searchParams.get('state')}`;
      void fetch(back);
    });
    expect({ code, said }).toEqual({ code: 1, said: expect.stringContaining('access was denied') });
    expect((await fetch(`${server.url}/v1/connections/ann-denied`)).status).toBe(404);
  });

  test('given nobody who comes, it ends and says so', async () => {
    const { code, said } = await run(words('ann-late', '--seconds', '1'));
    expect({ code, said }).toEqual({ code: 1, said: expect.stringContaining('nobody came back within 1 s') });
  });

  test('given a service that does not answer, it says which', async () => {
    const nowhere = [
      'spotify',
      '--user',
      'ann',
      '--connection',
      'c',
      '--service',
      'http://127.0.0.1:9',
      '--port',
      '0',
    ];
    const { code, said } = await run(nowhere);
    expect(said).not.toContain('Open this in a browser');
    expect({ code, said }).toEqual({
      code: 1,
      said: expect.stringContaining('no service answers at http://127.0.0.1:9'),
    });
  });

  test.each([
    [['spotify'], {}, 2, 'connect needs:'],
    [['netflix', '--user', 'a', '--connection', 'b'], {}, 2, 'connect needs:'],
    [['spotify', '--nonsense'], {}, 2, "'--nonsense'"],
    [['spotify', '--user', 'a', '--connection', 'b', '--port', 'x'], {}, 2, '--port x is no whole number'],
    [
      ['spotify', '--user', 'a', '--connection', 'b'],
      { SYNCOPATE_SPOTIFY_CLIENT_ID: '' },
      1,
      'SYNCOPATE_SPOTIFY_CLIENT_ID',
    ],
  ])('%j is refused', async (given, more, expected, message) => {
    const { code, said } = await run(given, undefined, more);
    expect({ code, said }).toEqual({ code: expected, said: expect.stringContaining(message) });
  });
});

describe('the exchange of a code', () => {
  const client = () => ({
    authorizeUrl: `${accounts}/authorize`,
    tokenUrl: `${accounts}/api/token`,
    clientId: 'demo-client',
    scopes: ['user-read-private'],
  });
  const begun = () => {
    const authorization = beginAuthorization(client(), 'http://127.0.0.1:1/callback');
    const code = new URL(agree(new URL(authorization.url))).searchParams.get('code') ?? '';
    return { authorization, code };
  };

  test('works once', async () => {
    const { authorization, code } = begun();
    expect((await exchangeCode(client(), authorization, code)).refreshToken).toMatch(/^refresh-/);
    await expect(exchangeCode(client(), authorization, code)).rejects.toThrow('Invalid authorization code');
  });

  test('needs the verifier that belongs to it', async () => {
    const { authorization, code } = begun();
    const foreign = {
      ...authorization,
      verifier: beginAuthorization(client(), authorization.redirectUri).verifier,
    };
    await expect(exchangeCode(client(), foreign, code)).rejects.toThrow('code_verifier was incorrect');
  });

  test('a port that is taken is named', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const address = taken.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await expect(openCallback(port)).rejects.toThrow(`port ${port} of 127.0.0.1 cannot be listened on`);
    taken.close();
  });
});
