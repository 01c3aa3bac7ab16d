// Live status to 1,000 readers of server-sent events: events delivered a second, how long after its decision each arrives,
// what it costs the server, and how late the server's event loop comes round; and the same without readers.
// All readers are in this process, on the same cores. One in fifty reads the times of its events, the rest only count.
// Misleads: the delay counts from the millisecond in which the event was decided, so its commit is part of it, and so is
// the time that this process needs to look at what came; a real reader has a network in between. What is delivered a
// second is what was offered (`--rate=` runs a second, three events each), as long as nobody lags.
import { connect } from 'node:net';
import { startProcess } from './contenders.mjs';
import { brief, percentiles } from './rig.mjs';
import { wall } from './peers/clock.mjs';

export const name = 'sse';
export const title = 'live status to 1,000 readers (SSE)';

const SAMPLED = 50;

/** One reader: a socket, for a client library would be most of what is measured. */
function reader(url, sampled, seen) {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () =>
      socket.write(`GET /v1/events HTTP/1.1\r\nhost: ${hostname}\r\naccept: text/event-stream\r\n\r\n`),
    );
    socket.setEncoding('latin1');
    socket.once('error', reject);
    let open = false;
    socket.on('data', (text) => {
      if (!open) {
        open = true;
        if (!text.startsWith('HTTP/1.1 200')) return reject(new Error(text.slice(0, 200)));
        resolve(socket);
      }
      // Once in each message, whatever the chunks.
      for (let at = text.indexOf('"correlation":'); at >= 0; at = text.indexOf('"correlation":', at + 14))
        seen.count += 1;
      if (!sampled) return;
      const now = wall();
      for (const [, at] of text.matchAll(/"at":"([^"]+Z)","actor"/g)) seen.delays.push(now - Date.parse(at));
    });
  });
}

async function withReaders(readers, { perSecond, seconds }) {
  const server = await startProcess('../sse-server', {});
  const sockets = [];
  try {
    const { url } = await server.call('setup', { count: perSecond * seconds });
    const seen = { count: 0, delays: [] };
    for (let n = 0; n < readers; n += 1) sockets.push(await reader(url, n % SAMPLED === 0, seen));
    const begun = wall();
    const { events, took, cores, loopDelayMs } = await server.call('run', { perSecond });
    const expected = events * readers;
    // Whoever lags is waited for.
    while (seen.count < expected && wall() - begun < (seconds + 30) * 1_000)
      await new Promise((resolve) => setTimeout(resolve, 20));
    const ms = wall() - begun - 1_000;
    const { p50, p99 } = percentiles(took);
    return {
      events,
      'command, ms': { p50, p99 },
      ...(readers === 0
        ? {}
        : {
            'delivered/s': Math.round((seen.count / ms) * 1_000),
            'delivered, of those due': Math.round((seen.count / expected) * 1_000) / 1_000,
            delayMs: brief(seen.delays),
          }),
      serverCores: cores,
      loopDelayMs,
    };
  } finally {
    for (const socket of sockets) socket.destroy();
    await server.close();
  }
}

export async function measure({ readers = 1_000, rate: perSecond = 10, seconds = 10 } = {}) {
  const busy = await withReaders(readers, { perSecond, seconds });
  const quiet = await withReaders(0, { perSecond, seconds });
  // Both ran equally long.
  const micros = ((busy.serverCores - quiet.serverCores) * (seconds + 1) * 1e6) / (busy.events * readers);
  return {
    [`${readers} readers`]: busy,
    'no readers': quiet,
    'server CPU per event delivered, µs': Math.round(micros * 10) / 10,
  };
}
