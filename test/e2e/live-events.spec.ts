import { connect } from 'node:net';
import { expect, test } from '@jest/globals';
import { seeded } from '../faults/run.js';
import { Service } from './support.js';

/** `RECONNECTS=10000` for a night; `RECONNECT_SEED` for another sequence. */
const RECONNECTS = Number(process.env['RECONNECTS'] ?? 300);
const SEED = Number(process.env['RECONNECT_SEED'] ?? 1);
/** A connection that is cut has given so many bytes at most: a part of an event, or some thirty of them. */
const LONGEST_READ = 20_000;

/** Frames that came whole, by their ids; what a browser would have acted on before it was cut off. */
const idsOf = (text: string): number[] =>
  text
    .split('\n\n')
    .slice(0, -1)
    .flatMap((frame) => (/^event: /m.test(frame) ? [Number(/^id: (\d+)$/m.exec(frame)?.[1])] : []));

/**
 * One connection from an event on, cut off in the middle of whatever it is giving once `enough` says so. Answers the ids
 * of the frames that came whole.
 */
function read(url: string, after: number, enough: (text: string) => boolean): Promise<number[]> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(Number(port), hostname, () =>
      // Of HTTP 1.0, whose answers are not cut into chunks.
      socket.write(`GET /v1/events HTTP/1.0\r\nhost: ${hostname}\r\nlast-event-id: ${after}\r\n\r\n`),
    );
    socket.setEncoding('utf8');
    socket.once('error', reject);
    socket.on('data', (chunk: string) => {
      text += chunk;
      if (!enough(text)) return;
      socket.destroy();
      resolve(idsOf(text));
    });
    socket.once('end', () => reject(new Error(`the stream ended: ${text.slice(0, 300)}`)));
  });
}

test(
  'given a reader that is cut off over and over while events come, it sees each event once and in order',
  async () => {
    const service = await Service.start();
    const random = seeded(SEED);
    const schedules = await Promise.all(Array.from({ length: 8 }, (_, n) => service.schedule(`c-${n}`)));
    const over = new AbortController();
    const writer = (async () => {
      for (let n = 0; !over.signal.aborted; n += 1)
        await service.post(`/v1/schedules/${schedules[n % 8]}/trigger`);
    })();
    const seen: number[] = [];
    const more = async (enough: (text: string) => boolean): Promise<void> =>
      void seen.push(...(await read(service.server.url, seen.at(-1) ?? 0, enough)));
    for (let n = 0; n < RECONNECTS; n += 1) {
      const most = Math.ceil(random() ** 4 * LONGEST_READ);
      await more((text) => text.length >= most);
    }
    over.abort();
    await writer;
    const all = await service.engine.store.readAll(0, Infinity);
    const head = all.at(-1)?.position ?? 0;
    if ((seen.at(-1) ?? 0) < head) await more((text) => text.slice(-2_000).includes(`\nid: ${head}\n`));
    // Runs that are still going on may have made some more by now.
    expect(seen.filter((position) => position <= head)).toEqual(all.map(({ position }) => position));
    expect(seen.length).toBeGreaterThan(RECONNECTS);
    await service.stop();
  },
  RECONNECTS * 100 + 60_000,
);
