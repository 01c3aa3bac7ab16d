import { expect, test } from '@jest/globals';
import type { StoredEvent } from '#lib/contracts/events';
import { MemorySink } from '#lib/sink';
import { Forgetting } from './forgetting.js';

const removed = {
  type: 'ConnectionRemoved',
  stream: 'connection-default.c',
  data: { records: 'forget' },
  metadata: { tenant: 'default' },
} as unknown as StoredEvent;
const scope = { tenant: 'default', user: 'ann', connection: 'c', provider: 'p', connector: 'p.x' };

async function filled(sink: MemorySink, rows: number): Promise<void> {
  const records = Array.from({ length: rows }, (_, n) => ({
    stream: 'usage' as const,
    key: `k${n}`,
    data: {},
  }));
  await sink.write(scope, records, 1);
}

test('given a removal that is heard of before it is asked about, the rows are told once, and of that removal', async () => {
  const sink = new MemorySink();
  const forgetting = new Forgetting(() => sink);
  for (const rows of [5, 3]) {
    await filled(sink, rows);
    await forgetting.saw(removed);
  }
  expect(await forgetting.rows('default', 'c')).toBe(3);
  await filled(sink, 2);
  expect(await forgetting.rows('default', 'c')).toBe(2);
});

test('given one that failed, the next asks again', async () => {
  const sink = new MemorySink();
  await filled(sink, 4);
  let busy = true;
  const forgetting = new Forgetting(() => ({
    forget: (tenant, connection) =>
      busy ? Promise.reject(new Error('busy')) : sink.forget(tenant, connection),
  }));
  await expect(forgetting.saw(removed)).rejects.toThrow('busy');
  await expect(forgetting.rows('default', 'c')).rejects.toThrow('busy');
  busy = false;
  expect(await forgetting.rows('default', 'c')).toBe(4);
});
