// Debian's packages without installing them: downloaded by apt, unpacked into a folder.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const run = (command, args, cwd) =>
  execFileSync(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });

/** Runs apt, and once more with fresh package lists on a machine that never fetched them. */
function apt(command, args, cwd) {
  try {
    return run(command, args, cwd);
  } catch {
    run('apt-get', ['update'], cwd);
    return run(command, args, cwd);
  }
}

/**
 * @param {readonly string[]} names @param {string} into
 * @throws with apt's own words, where there is no apt or no such package.
 */
export function unpackDebian(names, into) {
  const work = mkdtempSync(join(tmpdir(), 'debian-'));
  try {
    apt('apt-get', ['download', ...names], work);
    mkdirSync(into, { recursive: true });
    for (const file of readdirSync(work).filter((name) => name.endsWith('.deb')))
      run('dpkg', ['-x', file, into], work);
  } catch (error) {
    const said = String(error.stderr ?? error)
      .trim()
      .slice(-300);
    throw new Error(`${names.join(', ')} could not be fetched: ${said}`, { cause: error });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/**
 * The path of a file of the machine's, or of Debian's packages unpacked into a folder.
 * @param {{ what: string, packages: readonly string[], into: string, variable: string, hint?: string, find: () => string | undefined }} wanted
 *   `variable`: what may name the path instead; `find`: looks in all places, that folder among them.
 * @throws where there is none and none can be fetched.
 */
export function foundOrFetched({ what, packages, into, variable, hint = '', find }) {
  const found = find();
  if (found) return found;
  try {
    unpackDebian(packages, into);
  } catch (error) {
    throw new Error(`${error.message}; set ${variable} to its path`, { cause: error });
  }
  const fetched = find();
  if (fetched) return fetched;
  throw new Error(`${what} was not found: install it, or set ${variable} to its path${hint}`);
}

/** What packages name as dependencies. */
export function dependenciesOf(names) {
  const text = apt('apt-cache', ['depends', '--no-recommends', '--no-suggests', ...names], tmpdir());
  return [...text.matchAll(/^\s*\|?Depends: ([a-z0-9][a-z0-9.+-]+)$/gm)].map(([, name]) => name);
}

/** What an installation of packages would bring to this machine: they themselves, and all that they need and that is not here. */
export function missingFor(names) {
  const text = apt('apt-get', ['install', '--simulate', '--no-install-recommends', ...names], tmpdir());
  return [...text.matchAll(/^Inst (\S+)/gm)].map(([, name]) => name);
}

/** The shared libraries among them, without those that every machine with Node has. */
export function librariesOf(names) {
  const needed = dependenciesOf(names).filter(
    (name) => /^(lib|lua)/.test(name) && !/^lib(c6|gcc-s1|stdc\+\+6)$/.test(name),
  );
  return [...new Set(needed)];
}
