import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { readConfiguration } from '#lib/wiring';
import { startNats, type NatsServer } from '../../scripts/nats-server.mjs';
import { build, root } from '../../test/crashes/process.js';

type Environment = Readonly<Record<string, string>>;

/** As base64 of random bytes may look: NATS would take it for a number with a unit, and others for something else. */
const secrets: Environment = {
  SCHEDULER_PASSWORD: '5k3/0+aGVsbG8gd29ybGQhIQ==',
  EXECUTOR_PASSWORD: '12e4+/aGVsbG8gd29ybGQ=',
  PUBLISHER_PASSWORD: 'true',
  SUBSCRIBER_PASSWORD: '7',
  SYNCOPATE_API_KEYS: 'a-key-of-24-characters-or-more',
  SYNCOPATE_VAULT_KEYS: Buffer.alloc(32, 'vault').toString('base64'),
};

/** What stands under a key of the compose file: enough of YAML for lists of variables. */
function linesUnder(...path: readonly string[]): readonly string[] {
  let lines = readFileSync(join(root, 'docker-compose.yml'), 'utf8').split('\n');
  for (const key of path) {
    const at = lines.findIndex((line) => new RegExp(`^ *${key}:`).test(line));
    const depth = /^ */.exec(lines[at] ?? '')?.[0].length ?? 0;
    const after = lines.slice(at + 1);
    const end = after.findIndex((line) => line.trim() !== '' && /^ */.exec(line)![0].length <= depth);
    lines = end < 0 ? after : after.slice(0, end);
  }
  return lines;
}

function environmentUnder(...path: readonly string[]): Environment {
  const entries = linesUnder(...path).flatMap((line) => [...line.matchAll(/^ *([A-Z_]+): (.+)$/g)]);
  return Object.fromEntries(entries.map(([, name = '', value = '']) => [name, filledIn(value)]));
}
const filledIn = (value: string): string =>
  value
    .replace(/^'(.*)'$/, '$1')
    .replaceAll(/\$\{([A-Z_]+):[^}]*\}/g, (_, name: string) => secrets[name] ?? '');

const image: Environment = Object.fromEntries(
  [...readFileSync(join(root, 'Dockerfile'), 'utf8').matchAll(/^ENV (.+)$/gm)].flatMap(([, pairs = '']) =>
    pairs.split(' ').map((pair) => pair.split('=') as [string, string]),
  ),
);

describe('given the environment of the containers', () => {
  let nats: NatsServer;
  let folder: string;
  const children: ChildProcess[] = [];
  beforeAll(build);
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'syncopate-containers-'));
    const config = join(root, 'deploy/nats/nats-server.conf');
    nats = await startNats({ config, env: environmentUnder('services', 'nats', 'environment') });
  });
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    await nats.stop();
    nats.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Resolves to what it says up to what is waited for, or until it ends. */
  async function said(
    app: string,
    words: readonly string[],
    more: Environment,
    waited: string,
  ): Promise<string> {
    const env = { PATH: process.env['PATH'] ?? '', ...image, SYNCOPATE_DATA: folder, ...more };
    const child = spawn(process.execPath, [join(root, `dist/apps/${app}/main.js`), ...words], { env });
    children.push(child);
    let text = '';
    await new Promise<void>((resolve) => {
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (data: Buffer) => ((text += data.toString()), text.includes(waited) && resolve()));
      child.once('close', () => resolve());
    });
    return text;
  }

  test('an executor starts, without keys of the API', async () => {
    const more: Record<string, string> = {
      ...environmentUnder('x-executor-environment'),
      SYNCOPATE_NATS_URL: nats.url,
      SYNCOPATE_NODE: 'e1',
      SYNCOPATE_NATS_USER: 'executor-e1',
    };
    // The image's health check asks there; here another may have it.
    expect(more).toHaveProperty('SYNCOPATE_HEALTH_PORT', '7070');
    more['SYNCOPATE_HEALTH_PORT'] = '0';
    expect(more).not.toHaveProperty('SYNCOPATE_API_KEYS');
    const ready = await said('executor', [], more, 'is ready');
    expect(ready).toContain('executor e1 is ready');
    const port = /its health is told at http:\/\/0\.0\.0\.0:(\d+)/.exec(ready)?.[1];
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
  });

  test('a scheduler listens to other machines, and only with keys', () => {
    const more = environmentUnder('x-scheduler-environment');
    expect(readConfiguration({ ...image, ...more })).toMatchObject({ host: '0.0.0.0' });
    expect(() => readConfiguration({ ...image, ...more, SYNCOPATE_API_KEYS: '' })).toThrow(
      'SYNCOPATE_API_KEYS',
    );
  });

  test('a command that listens to nobody needs no keys', async () => {
    expect(await said('cli', ['parked'], { SYNCOPATE_PORT: '9' }, '\n')).toContain('no service answers');
  });
});

/** What the compose file hands to a container, by who gets it. */
function handed(...path: readonly string[]): readonly string[] {
  const lines = linesUnder(...path);
  return lines.flatMap((line) => /^ *([A-Z_]+):/.exec(line)?.[1] ?? []);
}

test('given the example of settings, each has a place in the containers, and each that they take has a place there', () => {
  const example = readFileSync(join(root, 'deploy/example.env'), 'utf8');
  const offered = [...example.matchAll(/^(?:# )?([A-Z_]+)=/gm)].map(([, name = '']) => name);
  const compose = readFileSync(join(root, 'docker-compose.yml'), 'utf8');
  const wanted = [
    ...[...compose.matchAll(/\$\{([A-Z_]+)/g)].map(([, name = '']) => name),
    ...[...compose.matchAll(/^ *([A-Z_]+):$/gm)].map(([, name = '']) => name),
  ];
  expect([...new Set(wanted)].sort()).toEqual(offered.toSorted());
  expect(handed('x-scheduler-environment')).toEqual(
    expect.arrayContaining(['SYNCOPATE_SPOTIFY_CLIENT_ID', 'SYNCOPATE_CONNECTORS']),
  );
  expect(handed('x-audit-environment')).toEqual(['SYNCOPATE_AUDIT_FOLDER', 'SYNCOPATE_AUDIT_KEY_FILE']);
  expect(handed('x-executor-environment')).toContain('SYNCOPATE_CONNECTORS');
});

test('given what the image has, the command line works by the words that the documents use', () => {
  const folder = mkdtempSync(join(tmpdir(), 'syncopate-image-'));
  const dockerfile =
    readFileSync(join(root, 'Dockerfile'), 'utf8')
      .split(/^FROM /m)
      .at(-1) ?? '';
  for (const [, source = '', target = ''] of dockerfile.matchAll(/^COPY .*?(?:\/app\/)?(\S+) (\S+)$/gm)) {
    const place = join(folder, target.endsWith('/') ? join(target, basename(source)) : target);
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(join(root, source), place);
  }
  const npm = (...words: readonly string[]) => {
    const env = {
      PATH: process.env['PATH'] ?? '',
      HOME: folder,
      ...image,
      SYNCOPATE_DATA: join(folder, 'data'),
    };
    const { status, stdout, stderr } = spawnSync('npm', ['run', ...words], {
      cwd: folder,
      env,
      encoding: 'utf8',
    });
    return { status, said: stdout + stderr };
  };
  expect(npm('cli', '--', 'help')).toMatchObject({
    status: 0,
    said: expect.stringContaining('npm run cli -- VERB'),
  });
  expect(npm('rebuild')).toMatchObject({ status: 1, said: expect.stringContaining('there is no log at') });
  rmSync(folder, { recursive: true, force: true });
});
