// Finds a Chromium, or fetches Debian's package with the libraries that this machine lacks and unpacks them beside the
// dependencies, without installing anything. `node scripts/chromium.mjs` prints its path.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { foundOrFetched, missingFor } from './debian-packages.mjs';

const cache = fileURLToPath(new URL('../node_modules/.cache/chromium', import.meta.url));
// The program itself: Debian's script before it looks for things in /usr.
const unpacked = join(cache, 'usr/lib/chromium/chromium');
const known = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
];

const find = () => [...known, unpacked].find((path) => path && existsSync(path));

/** Debian has libraries in folders of the architecture's name, and some of them one deeper. */
function libraryFolders() {
  const lib = join(cache, 'usr/lib');
  const folders = [join(cache, 'lib'), lib].filter(existsSync).flatMap((folder) =>
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name.includes('-linux-'))
      .map((entry) => join(folder, entry.name)),
  );
  const deeper = folders.flatMap((folder) =>
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(folder, entry.name)),
  );
  return [...folders, ...deeper];
}

/**
 * @returns {{ executablePath: string, env: Record<string, string> }} `env`: what it needs besides the machine's.
 * @throws where there is none and none can be fetched.
 */
export function chromium() {
  const packages = find() === undefined ? missing() : [];
  const executablePath = foundOrFetched({
    what: 'chromium',
    packages,
    into: cache,
    variable: 'CHROMIUM',
    find,
  });
  const env = executablePath === unpacked ? { LD_LIBRARY_PATH: libraryFolders().join(':') } : {};
  return { executablePath, env };
}

function missing() {
  try {
    return missingFor(['chromium']);
  } catch {
    // Said again, in full, by the attempt to fetch it.
    return ['chromium'];
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(chromium().executablePath);
