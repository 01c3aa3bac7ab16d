// A PostgreSQL server for comparisons: POSTGRES_BIN, the machine's, or Debian's package unpacked beside the dependencies.
// Durable as its defaults are: fsync, synchronous_commit and full_page_writes on. It refuses to run as root.
import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dependenciesOf, librariesOf, unpackDebian } from '../scripts/debian-packages.mjs';
import { freePort } from './redis.mjs';

const cache = fileURLToPath(new URL('../node_modules/.cache/postgresql', import.meta.url));
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  shared_buffers: '512MB',
  max_wal_size: '4GB',
  max_connections: '200',
  jit: 'off',
  // Its start and what ends it, not the mistakes of clients.
  log_min_messages: 'log',
};

/** The newest version's programs under a root. */
function programs(root) {
  const folder = join(root, 'usr/lib/postgresql');
  const versions = existsSync(folder) ? readdirSync(folder).sort((a, b) => Number(b) - Number(a)) : [];
  return versions
    .map((version) => join(folder, version, 'bin'))
    .find((bin) => existsSync(join(bin, 'postgres')));
}

function postgresBin() {
  const found = process.env.POSTGRES_BIN ?? programs('/');
  if (found) return { bin: found, env: process.env };
  if (programs(cache) === undefined) {
    const server = dependenciesOf(['postgresql']).find((name) => /^postgresql-\d+$/.test(name));
    // What its libraries need is fetched too. LLVM serves only the compilation of queries, which is off.
    const near = librariesOf([server]).filter((name) => !name.startsWith('libllvm'));
    const libraries = new Set([...near, ...librariesOf(near)]);
    unpackDebian([server, ...libraries], cache);
  }
  const folders = ['usr/lib/x86_64-linux-gnu', 'usr/lib/aarch64-linux-gnu', 'lib/x86_64-linux-gnu'];
  const LD_LIBRARY_PATH = folders.map((folder) => join(cache, folder)).join(':');
  return { bin: programs(cache), env: { ...process.env, LD_LIBRARY_PATH } };
}

/** Root lends itself to the user that the package made, or to nobody. */
function owner() {
  if (process.getuid() !== 0) return {};
  const id = (flag, user) =>
    Number(execFileSync('id', [flag, user], { stdio: ['ignore', 'pipe', 'ignore'] }));
  for (const user of ['postgres', 'nobody']) {
    try {
      return { uid: id('-u', user), gid: id('-g', user) };
    } catch {
      // Not on this machine.
    }
  }
  throw new Error('PostgreSQL does not run as root, and there is neither a user postgres nor nobody');
}

export async function startPostgres() {
  const { bin, env } = postgresBin();
  const who = owner();
  const folder = mkdtempSync(join(process.env.BENCH_DATA ?? tmpdir(), 'bench-postgres-'));
  if (who.uid !== undefined) chownSync(folder, who.uid, who.gid);
  const options = { ...who, env, cwd: folder };
  const init = ['-D', folder, '-U', 'bench', '-A', 'trust', '--no-instructions', '-E', 'UTF8', '--locale=C'];
  execFileSync(join(bin, 'initdb'), init, { ...options, stdio: ['ignore', 'ignore', 'inherit'] });
  const port = await freePort();
  const args = Object.entries({ ...SETTINGS, port }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(join(bin, 'postgres'), ['-D', folder, ...args], {
    ...options,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  let said = '';
  await new Promise((resolve, reject) => {
    child.stderr.on('data', (text) => {
      said = (said + text).slice(-2_000);
      if (said.includes('ready to accept connections')) resolve();
    });
    void ended.then((code) => reject(new Error(`postgres ended with ${code}: ${said}`)));
  });
  const url = `postgres://bench@127.0.0.1:${port}/postgres`;
  return {
    url,
    pid: child.pid,
    async stop() {
      // Its fast shutdown: connections are cut.
      child.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function postgresVersion() {
  const { bin, env } = postgresBin();
  const said = execFileSync(join(bin, 'postgres'), ['--version'], { env, encoding: 'utf8' });
  return `PostgreSQL ${/\d+(\.\d+)*/.exec(said)?.[0]}`;
}
