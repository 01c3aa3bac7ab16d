// Executor processes of ours over NATS, doing nothing at once; their attempts share 500 places.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

export async function startExecutors(count, url) {
  const env = {
    ...process.env,
    NODE_OPTIONS: '',
    SYNCOPATE_NATS_URL: url,
    SYNCOPATE_SYNC_ENGINE: path('./no-work.mjs'),
    SYNCOPATE_CONCURRENCY: String(Math.ceil(500 / count)),
  };
  const children = [];
  for (let n = 1; n <= count; n += 1) {
    const child = spawn(process.execPath, [path('../dist/apps/executor/main.js')], {
      env: { ...env, SYNCOPATE_NODE: `e${n}` },
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    await new Promise((resolve, reject) => {
      child.stdout.once('data', resolve);
      child.once('exit', (code) => reject(new Error(`an executor ended with ${code}`)));
    });
    children.push(child);
  }
  const ask = async (what) => {
    const answers = children.map((child) => {
      const answer = new Promise((resolve) => child.once('message', resolve));
      child.send(what);
      return answer;
    });
    return (await Promise.all(answers)).flat();
  };
  return {
    forget: () => ask('forget'),
    /** Whose run began when, at all of them. */
    began: () => ask('began'),
    pids: children.map((child) => child.pid),
    stop: () =>
      Promise.all(
        children.map((child) => {
          const ended = new Promise((resolve) => child.once('exit', resolve));
          child.kill('SIGTERM');
          return ended;
        }),
      ),
  };
}
