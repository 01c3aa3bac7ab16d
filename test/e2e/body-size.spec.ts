import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { batchLimits, bodyLimits } from '#lib/contracts/api';
import { Service } from './support.js';

let service: Service;
beforeAll(async () => {
  service = await Service.start();
});
afterAll(() => service.stop());

/** In pieces, and without a word on how long it is, unless it is told. */
const sent = (path: string, body: Buffer, length?: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      ...(length === undefined ? {} : { 'content-length': length }),
    };
    const asking = request(service.server.url + path, { method: 'POST', headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    // What is refused early is not read to its end.
    asking.on('error', (error: NodeJS.ErrnoException) => error.code !== 'EPIPE' && reject(error));
    for (let at = 0; at < body.length; at += 60_000) asking.write(body.subarray(at, at + 60_000));
    asking.end();
  });

/** Wrong in what it says, so that whoever reads it refuses it. */
const bodyOf = (bytes: number): Buffer => Buffer.from(`{"no":"${'x'.repeat(bytes - 9)}"}`);

test.each([
  ['/v1/schedules', bodyLimits.bytes, 422],
  ['/v1/webhooks', bodyLimits.bytes, 422],
  ['/v1/schedules/batch', batchLimits.bytes, 400],
])(
  'given a body for %s of as many bytes as may be, %i, it is read; one more is not',
  async (path, most, read) => {
    for (const [bytes, status] of [
      [most - 1, read],
      [most, read],
      [most + 1, 413],
    ] as const) {
      const body = bodyOf(bytes);
      expect(body).toHaveLength(bytes);
      const told = await sent(path, body, bytes);
      const untold = await sent(path, body);
      expect({ bytes, told, untold }).toEqual({ bytes, told: status, untold: status });
    }
  },
);
