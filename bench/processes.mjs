// What processes used, from /proc: CPU with all threads and children, memory with shared pages counted once.
// Misleads: the kernel's ticks are 10 ms, so nothing under a second of work is worth dividing by.
import { existsSync, readFileSync } from 'node:fs';

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

/** MiB that processes and their children hold, pages in common shared out among them. */
export const memoryMiB = (pids) => {
  const of = (pid) => {
    const path = `/proc/${pid}/smaps_rollup`;
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    return Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? 0) / 1024;
  };
  return Math.round(pids.flatMap((pid) => [pid, ...children(pid)]).reduce((sum, pid) => sum + of(pid), 0));
};
