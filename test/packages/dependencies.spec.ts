import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';

const root = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');

type Locked = {
  readonly resolved?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
};
const { packages } = JSON.parse(read('package-lock.json')) as { readonly packages: Record<string, Locked> };
/** Without the project itself. */
const locked = Object.entries(packages).filter(([path]) => path !== '');

describe('what is installed', () => {
  test('comes from the registry that npm is set to, and is what its checksum says', () => {
    expect(locked.length).toBeGreaterThan(100);
    for (const [path, { resolved, integrity }] of locked)
      expect({ path, resolved, integrity }).toEqual({
        path,
        resolved: undefined,
        integrity: expect.stringMatching(/^sha512-/),
      });
  });

  test('is asked for by versions, not by addresses', () => {
    const asked = JSON.parse(read('package.json')) as Record<string, Record<string, string>>;
    for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies'])
      for (const [name, version] of Object.entries(asked[kind] ?? {}))
        expect([name, version]).toEqual([name, expect.stringMatching(/^(npm:[a-z]+@)?[~^]?\d+\.\d+\.\d+$/)]);
  });

  // None of them is needed: they look whether a binary is there, or print a hint. One that comes new is to be looked at.
  test('would run these scripts, if it were let', () => {
    const scripted = locked.filter(([, { hasInstallScript }]) => hasInstallScript === true);
    expect(scripted.map(([path]) => path.replace('node_modules/', ''))).toEqual([
      '@parcel/watcher',
      '@swc/core',
      'protobufjs',
      'unrs-resolver',
    ]);
  });
});

test('given any place that installs, it takes what is locked, and runs no script of a package', () => {
  const scripts = readdirSync(new URL('scripts/', root)).map((name) => `scripts/${name}`);
  const installing = [...scripts, 'Dockerfile', '.ci/run', 'package.json'].flatMap((path) =>
    read(path)
      .split('\n')
      .filter((line) => /npm(\('| )(ci|install|i|add|prune|rebuild|exec)\b|\bnpx [^v]/.test(line))
      .map((line) => [path, line.trim()] as const),
  );
  expect(installing.map(([path]) => path)).toEqual(['scripts/ready.mjs', 'Dockerfile', 'Dockerfile']);
  for (const [path, line] of installing) {
    expect([path, line]).toEqual([path, expect.stringMatching(/npm(\('| )(ci|prune)\b/)]);
    expect([path, line]).toEqual([path, expect.stringContaining('--ignore-scripts')]);
  }
});
