import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const main = join(root, 'dist/apps/scheduler/main.js');

export function build(): void {
  if (!existsSync(main))
    spawnSync(process.execPath, ['scripts/ready.mjs', '--build'], { cwd: root, stdio: 'inherit' });
}

export type Running = {
  readonly process: ChildProcess;
  readonly url: string;
  readonly exit: Promise<number | null>;
  readonly errors: () => string;
};

/** The service as it would be started anywhere; `around`: a command that starts it, as `strace` does. Resolves once it is ready or ended. */
export async function start(folder: string, around: readonly string[] = []): Promise<Running> {
  const env = {
    ...process.env,
    NODE_OPTIONS: '',
    SYNCOPATE_DATA: folder,
    SYNCOPATE_PORT: '0',
    SYNCOPATE_LEASE_SECONDS: '1',
    SYNCOPATE_ALLOW_SHORT_INTERVALS: 'true',
    SYNCOPATE_SCHEDULES_PER_USER: '100000',
    SYNCOPATE_SCHEDULES_PER_USER_AND_PROVIDER: '100000',
  };
  const [command = '', ...args] = [...around, process.execPath, main];
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let errors = '';
  let url = '';
  child.stderr.on('data', (text: Buffer) => (errors = (errors + text.toString()).slice(-20_000)));
  const exit = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  await new Promise<void>((resolve) => {
    child.stdout.on('data', (text: Buffer) => {
      const ready = /is running at (\S+)/.exec(text.toString());
      if (ready === null) return;
      url = ready[1] ?? '';
      resolve();
    });
    void exit.then(() => resolve());
  });
  return { process: child, url, exit, errors: () => errors };
}

/** Creates a schedule; the answer's status, and its id where there is one. Undefined: nobody answered. */
export async function create(
  url: string,
  name: string,
  recurrence: object,
): Promise<
  { readonly status: number; readonly id: string; readonly body: Record<string, unknown> } | undefined
> {
  try {
    const answer = await fetch(`${url}/v1/schedules`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ user: `u-${name}`, connection: `c-${name}`, provider: 'anything', recurrence }),
    });
    const body = (await answer.json()) as Record<string, unknown>;
    return { status: answer.status, id: String(body['id']), body };
  } catch {
    return undefined;
  }
}

/** Whether system calls can be watched here; says so where they cannot. */
export function mayTrace(spec: string): boolean {
  const traced = runs('strace', '-V') && runs('strace', '-o', '/dev/null', 'true');
  if (!traced) process.stderr.write(`${spec}: skipped, because strace is missing or may not trace here\n`);
  return traced;
}

export const runs = (command: string, ...args: readonly string[]): boolean =>
  spawnSync(command, args, { stdio: 'ignore' }).status === 0;
