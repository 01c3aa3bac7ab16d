import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from '@jest/globals';
import { Cluster } from './cluster.js';
import { runFaults } from './run.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

beforeAll(() => {
  spawnSync(process.execPath, ['scripts/ready.mjs', '--build'], { cwd: root, stdio: 'inherit' });
}, 120_000);

test('given a process that ends though the rig did not end it, the rig complains, and of no other', async () => {
  const options = { schedulers: 1, executors: 2, leaseSeconds: 4, takeoverSeconds: 3, seed: 1 };
  const cluster = await Cluster.start(options);
  try {
    const [[scheduler], [, victim]] = [cluster.schedulers, cluster.executors];
    victim?.node.signal('SIGKILL');
    await scheduler?.node.end('SIGKILL');
    await scheduler?.node.start();
    expect(await cluster.retire()).toEqual([
      'e2: ended by itself with SIGKILL',
      'e2: asked to stop, it ended with nothing: it was gone',
    ]);
  } finally {
    await cluster.stop();
  }
}, 60_000);

test('given a filter that fits no fault, nothing is run', async () => {
  await expect(runFaults({ rounds: 1, seed: 1, only: 'excutor' })).rejects.toThrow(
    "no fault has 'excutor' in its name",
  );
});
