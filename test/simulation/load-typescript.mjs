// Runs the simulation from its sources, decorators and all: `node --import load-typescript.mjs`.
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';

// A defect to put into one module: `{ file, from, to }`. Text that is not there, or there twice, is an error: a mutant
// must not survive because the source has moved on.
const mutant = JSON.parse(process.env.SIMULATION_MUTANT ?? 'null');
let mutated = mutant === null;
process.on('exit', (code) => {
  if (mutated || code !== 0) return;
  console.error(`${mutant.file} was never loaded`);
  process.exitCode = 3;
});

function sourceOf(path) {
  const source = readFileSync(path, 'utf8');
  if (mutant === null || !path.endsWith(`/${mutant.file}`)) return source;
  const parts = source.split(mutant.from);
  if (parts.length !== 2) throw new Error(`${mutant.file} holds ${parts.length - 1} times: ${mutant.from}`);
  mutated = true;
  return parts.join(mutant.to);
}

registerHooks({
  resolve(specifier, context, next) {
    const fromSource =
      context.parentURL?.endsWith('.ts') && specifier.startsWith('.') && specifier.endsWith('.js');
    return next(fromSource ? specifier.replace(/\.js$/, '.ts') : specifier, context);
  },
  load(url, context, next) {
    if (!url.startsWith('file:') || !url.endsWith('.ts')) return next(url, context);
    const { code } = transformSync(sourceOf(fileURLToPath(url)), {
      swcrc: false,
      module: { type: 'es6' },
      jsc: {
        target: 'es2024',
        parser: { syntax: 'typescript', decorators: true },
        transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
      },
    });
    return { format: 'module', source: code, shortCircuit: true };
  },
});
