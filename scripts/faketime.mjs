// Finds libfaketime, or fetches Debian's package and unpacks it beside the dependencies, without installing anything: it
// gives one process a wall clock that others can step.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { foundOrFetched } from './debian-packages.mjs';

const cache = fileURLToPath(new URL('../node_modules/.cache/faketime', import.meta.url));
const NAME = 'faketime/libfaketime.so.1';

/** Debian has it in a folder of the architecture's name. */
function within(folder) {
  if (!existsSync(folder)) return undefined;
  const places = readdirSync(folder).map((architecture) => join(folder, architecture, NAME));
  return places.find((path) => existsSync(path));
}

/** @returns {string} the library's path. @throws where there is none and none can be fetched. */
export const libfaketime = () =>
  foundOrFetched({
    what: 'libfaketime',
    packages: ['libfaketime'],
    into: cache,
    variable: 'LIBFAKETIME',
    find: () => process.env.LIBFAKETIME ?? within('/usr/lib') ?? within(join(cache, 'usr/lib')),
  });
