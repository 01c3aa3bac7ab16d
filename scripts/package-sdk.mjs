#!/usr/bin/env node
// `npm run package`: the SDK as a package of its own, a file that a product can depend on. It has what was compiled from
// libs, with declarations, and depends on what that imports; nothing else of this repository. `--out FOLDER`: where to put
// it; default: here.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const { out = root } = parseArgs({ options: { out: { type: 'string' } } }).values;
const { name, version, description, license, dependencies } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
);

const isShipped = (path) =>
  statSync(path).isDirectory() ? !path.endsWith('testing') : /(?<!\.spec)\.js$/.test(path);

const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** Of what the files import, that which npm has: by the name of its package. */
function imported(folder) {
  const names = new Set();
  for (const file of filesIn(folder).filter((path) => path.endsWith('.js')))
    for (const [, specifier] of readFileSync(file, 'utf8').matchAll(
      /(?:from|import)\s*\(?\s*['"]([^'"\n]+)['"]/g,
    )) {
      if (/^([.#]|node:)/.test(specifier) || builtinModules.includes(specifier)) continue;
      names.add(
        specifier
          .split('/')
          .slice(0, specifier.startsWith('@') ? 2 : 1)
          .join('/'),
      );
    }
  return [...names].toSorted();
}

const entry = (path) => ({ types: `./dist/${path}.d.ts`, default: `./dist/${path}.js` });

const staged = mkdtempSync(join(tmpdir(), 'syncopate-package-'));
try {
  cpSync(join(root, 'dist/libs'), join(staged, 'dist/libs'), { recursive: true, filter: isShipped });
  const compiler = [join(root, 'node_modules/ts7/bin/tsc'), '-p', join(root, 'tsconfig.sdk.json')];
  execFileSync(process.execPath, [...compiler, '--outDir', join(staged, 'dist')], {
    cwd: root,
    stdio: 'inherit',
  });
  const needed = imported(join(staged, 'dist')).map((needs) => {
    if (dependencies[needs] === undefined) throw new Error(`${needs} is imported, and no dependency`);
    return [needs, dependencies[needs]];
  });
  const manifest = {
    name,
    version,
    description,
    license,
    type: 'module',
    // As the project itself: see docs/decisions/0004-node-26.md.
    engines: { node: '>=26' },
    exports: {
      '.': entry('libs/sdk/index'),
      './connectors': entry('libs/connectors/kit/index'),
      './package.json': './package.json',
    },
    imports: { '#lib/*': './dist/libs/*/index.js' },
    dependencies: Object.fromEntries(needed),
  };
  writeFileSync(join(staged, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  for (const [from, to] of [
    ['docs/sdk.md', 'README.md'],
    ['LICENSE', 'LICENSE'],
    ['CHANGELOG.md', 'CHANGELOG.md'],
  ])
    cpSync(join(root, from), join(staged, to));
  const packed = execFileSync(
    'npm',
    ['pack', staged, '--pack-destination', resolve(out), '--loglevel=error'],
    {
      encoding: 'utf8',
    },
  );
  console.log(join(resolve(out), packed.trim()));
} finally {
  rmSync(staged, { recursive: true, force: true });
}
