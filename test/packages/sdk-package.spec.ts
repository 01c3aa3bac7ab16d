import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { build, root } from '../crashes/process.js';

const run = promisify(execFile);
const cache = join(root, 'node_modules/.cache');
let folder: string;

/** A product that has installed the package; what that depends on is found further up, where this repository has it. */
beforeAll(async () => {
  build();
  mkdirSync(cache, { recursive: true });
  folder = mkdtempSync(join(cache, 'product-'));
  const { stdout } = await run(process.execPath, ['scripts/package-sdk.mjs', '--out', folder], { cwd: root });
  const installed = join(folder, 'node_modules/syncopate');
  mkdirSync(installed, { recursive: true });
  await run('tar', ['-xzf', stdout.trim(), '--strip-components=1', '-C', installed]);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'product', type: 'module' }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const written = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return name;
};

test('given the package in a product, the scheduler runs there, on a log of its own', async () => {
  const program = written(
    'main.js',
    `import { SyncPriority, SyncScheduler } from 'syncopate';
const { promise: synced, resolve } = Promise.withResolvers();
const scheduler = new SyncScheduler({ sync: async ({ connectionId }) => resolve(connectionId) }, { dataFolder: 'data' });
await scheduler.initialize();
await scheduler.start();
const id = await scheduler.createSchedule('connection-1', 'user-1', 'spotify', 'daily', { priority: SyncPriority.HIGH });
await scheduler.triggerSchedule(id);
console.log(await synced);
await scheduler.stop();`,
  );
  const { stdout } = await run(process.execPath, [program], { cwd: folder });
  expect(stdout).toBe('connection-1\n');
  expect(existsSync(join(folder, 'data/events.sqlite'))).toBe(true);
});

test('given a product in TypeScript, what it may do is known to the compiler, and what it may not', async () => {
  const right = written(
    'right.ts',
    `import { RequestRejected, SyncOperationType, SyncScheduler, type SyncManager } from 'syncopate';
import { defineConnector, type Connector } from 'syncopate/connectors';
const manager: SyncManager = { sync: async ({ connectionId, signal }) => ({ recordsRead: connectionId.length + Number(signal.aborted) }) };
export const scheduler = new SyncScheduler(manager, { concurrency: 5 });
export const made: Promise<string> = scheduler.createSchedule('c', 'u', 'spotify', 'hourly', { operationType: SyncOperationType.FULL_SYNC });
export const isRefused = (error: unknown): boolean => error instanceof RequestRejected;
export const define: (connector: never) => Connector = defineConnector as never;`,
  );
  const misspelt = (what: string, config: string): string =>
    written(
      `${what}.ts`,
      `import { SyncScheduler } from 'syncopate';
new SyncScheduler({ sync: async () => ({ ${what}: 1 }) }, { ${config}: 5 });`,
    );
  const options = { module: 'nodenext', target: 'ES2024', strict: true, noEmit: true, types: ['node'] };
  const compilerOptions = { ...options, exactOptionalPropertyTypes: true, skipLibCheck: true };
  const compiled = async (file: string): Promise<string> => {
    const project = written(`${file}.json`, JSON.stringify({ compilerOptions, files: [file] }));
    const compiler = [join(root, 'node_modules/ts7/bin/tsc'), '-p', project];
    return run(process.execPath, compiler, { cwd: folder }).then(
      () => 'compiles',
      (error: unknown) => (error as { readonly stdout: string }).stdout,
    );
  };
  expect(await compiled(right)).toBe('compiles');
  expect(await compiled(misspelt('recordsRaed', 'concurrency'))).toContain('recordsRaed');
  expect(await compiled(misspelt('recordsRead', 'concurency'))).toContain('concurency');
});
