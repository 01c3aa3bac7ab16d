// Receivers of webhooks in a process of their own (started by webhooks.mjs): one that answers at once and notes when each
// message came and how old its event was, and one that never answers.
import { createServer } from 'node:http';
import { createServer as createSilentServer } from 'node:net';
import { sleep, wall } from './peers/clock.mjs';

const listen = (server) =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)));

export async function open() {
  let ages = [];
  let ids = new Set();
  let last = 0;
  const answering = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8');
    request.on('data', (piece) => (text += piece));
    request.on('end', () => {
      last = wall();
      ids.add(request.headers['webhook-id']);
      ages.push(last - Date.parse(JSON.parse(text).timestamp));
      response.writeHead(204).end();
    });
  });
  answering.keepAliveTimeout = 60_000;
  const silent = createSilentServer((socket) => socket.on('error', () => {}));
  const [port, silentPort] = [await listen(answering), await listen(silent)];
  return {
    async setup() {
      return { url: `http://127.0.0.1:${port}/`, silent: `http://127.0.0.1:${silentPort}/` };
    },
    async forget() {
      ages = [];
      ids = new Set();
    },
    /** Until so many different messages came; how old each was, and when the last one came. */
    async received({ count, cutMs = 120_000 }) {
      const until = wall() + cutMs;
      while (ids.size < count && wall() < until) await sleep(5);
      return { messages: ids.size, requests: ages.length, ages, last };
    },
    async close() {
      answering.close();
      silent.close();
    },
  };
}
