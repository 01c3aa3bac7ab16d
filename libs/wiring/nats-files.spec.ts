import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nkeys } from '@nats-io/transport-node';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readConfiguration } from './config.js';
import { Engine } from './engine.js';
import { silent } from './log.js';
import { assertNatsFiles } from './nats-files.js';
import { startRemoteExecutor } from './remote-executor.js';

let folder: string;
const at = (name: string): string => join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'syncopate-nats-files-'));
  writeFileSync(at('junk'), 'canary: this is no key');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Nobody listens at that address: what is wrong with a file is told before anybody is asked. */
const configuration = (settings: Readonly<Record<string, string>>) => ({
  ...readConfiguration({ SYNCOPATE_NATS_URL: 'nats://127.0.0.1:9', ...settings }),
  dataFolder: at('data'),
});

describe('given a file by which NATS is entered and which is none, its setting is named, and not what is in it', () => {
  test.each([
    ['SYNCOPATE_NATS_CREDS_FILE', {}],
    ['SYNCOPATE_NATS_NKEY_SEED_FILE', {}],
    ['SYNCOPATE_NATS_TLS_CA', {}],
    ['SYNCOPATE_NATS_TLS_CERT', { SYNCOPATE_NATS_TLS_KEY: 'junk' }],
  ])('%s', async (name, beside) => {
    const more = Object.fromEntries(Object.entries(beside).map(([other, file]) => [other, at(file)]));
    for (const file of ['junk', 'nowhere']) {
      const settings = configuration({ ...more, [name]: at(file) });
      for (const refused of [
        () => Engine.open(settings, { log: silent }),
        () => startRemoteExecutor({ configuration: settings, log: silent }),
      ])
        await expect(refused()).rejects.toMatchObject({
          name: 'ConfigurationError',
          message: expect.stringMatching(new RegExp(`^${name}(?!.*canary)`)),
        });
    }
  });
});

test('given files that are what they should be, there is nothing to say', async () => {
  const user = nkeys.createUser();
  const seed = new TextDecoder().decode(user.getSeed());
  writeFileSync(at('seed'), `${seed}\n`);
  const part = (name: string, text: string): string =>
    `-----BEGIN ${name}-----\n${text}\n------END ${name}------\n\n`;
  writeFileSync(at('creds'), part('NATS USER JWT', 'e30.e30.e30') + part('USER NKEY SEED', seed));
  await assertNatsFiles(configuration({ SYNCOPATE_NATS_NKEY_SEED_FILE: at('seed') }));
  await assertNatsFiles(configuration({ SYNCOPATE_NATS_CREDS_FILE: at('creds') }));
  await assertNatsFiles(configuration({}));
});
