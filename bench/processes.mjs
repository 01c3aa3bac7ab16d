// What processes used, from /proc: CPU with all threads and children, memory with shared pages counted once.
// Misleads: the kernel's ticks are 10 ms, so nothing under a second of work is worth dividing by.
import { existsSync, readFileSync } from 'node:fs';
import { sleep } from './peers/clock.mjs';

/** USER_HZ: 100 on every Linux that Node runs on. */
const TICKS = 100;

const children = (pid) => {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
  } catch {
    return [];
  }
};

function ticks(pid, reaped) {
  try {
    // The second field is the name in parentheses and may hold blanks.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
    const [user, system, childUser, childSystem] = fields.slice(11, 15).map(Number);
    return user + system + (reaped ? childUser + childSystem : 0);
  } catch {
    return 0;
  }
}

/** Seconds of user and system time of processes and of their children, those that ended included. */
export const cpuSeconds = (pids) =>
  pids.reduce((sum, pid) => {
    const living = children(pid).reduce((inner, child) => inner + ticks(child, true), 0);
    return sum + (ticks(pid, true) + living) / TICKS;
  }, 0);

const LOOK_MS = 500;
/** Longer than what is put off waits for a calm: two seconds for reads and relay, one for moving the write-ahead log. */
const CALM_MS = 2_500;
/** A twenty-fifth of a core, in a look: polling and heartbeats stay below it. */
const IDLE_SECONDS = 0.02;

/**
 * What `cpu` reads at the beginning of a calm: what was put off until there was time for it is done by then, and the
 * calm itself is not counted. A calm that does not come within a minute is not waited for.
 */
export async function cpuWhenCalm(cpu) {
  let calm = cpu();
  let last = calm;
  let looks = CALM_MS / LOOK_MS;
  for (let left = 120; looks > 0 && left > 0; left -= 1) {
    await sleep(LOOK_MS);
    const now = cpu();
    looks -= 1;
    if (now - last > IDLE_SECONDS) [calm, looks] = [now, CALM_MS / LOOK_MS];
    last = now;
  }
  return calm;
}

/** MiB that processes and their children hold, pages in common shared out among them. */
export const memoryMiB = (pids) => {
  const of = (pid) => {
    const path = `/proc/${pid}/smaps_rollup`;
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    return Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? 0) / 1024;
  };
  return Math.round(pids.flatMap((pid) => [pid, ...children(pid)]).reduce((sum, pid) => sum + of(pid), 0));
};
