// The sync engine of executors under fault: tells the world what it does, with its fence, and takes a random while.
import { connect } from 'node:net';
import { seeded } from './seeded.mjs';

const executor = process.env.SYNCOPATE_NODE;
const random = seeded(Number(process.env.FAULTS_DRAWS));
const longest = Number(process.env.FAULTS_LONGEST_MS ?? 120);

function worldOn(port) {
  const waiting = [];
  let rest = '';
  const socket = connect(port, '127.0.0.1');
  socket.setNoDelay(true);
  socket.on('data', (data) => {
    const lines = (rest + data).split('\n');
    rest = lines.pop();
    for (const line of lines) waiting.shift()?.(line);
  });
  socket.on('error', () => process.exit(3));
  return (entry) =>
    new Promise((resolve) => {
      waiting.push(resolve);
      socket.write(`${JSON.stringify(entry)}\n`);
    });
}

const pause = (ms, signal) =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });

export default function createSyncEngine() {
  const tell = worldOn(Number(process.env.FAULTS_WORLD_PORT));
  return {
    async sync({ schedule, run, attempt, fence }, { signal, checkpoint }) {
      const entry = (kind, outcome) => ({ executor, at: 0, kind, schedule, run, attempt, fence, outcome });
      const done = async (outcome) => (await tell(entry('end', outcome.kind)), outcome);
      const counts = { read: 1, written: 1, rejected: 0 };
      await tell(entry('start'));
      await pause(random() * longest, signal);
      if (random() < 0.1) await checkpoint({ half: run }, counts);
      const refused = (await tell(entry('effect'))) === 'refused';
      await pause(random() * longest, signal);
      const failed = (message) => done({ kind: 'failed', failure: { class: 'TRANSIENT', message } });
      if (refused) return failed('fenced off');
      const dice = random();
      if (dice < 0.05) return failed('as the dice fell');
      if (dice < 0.08)
        return done({ kind: 'snoozed', class: 'DATA_NOT_READY', delayMs: 300, message: 'not yet' });
      return done({ kind: 'succeeded', counts, state: { last: run } });
    },
  };
}
