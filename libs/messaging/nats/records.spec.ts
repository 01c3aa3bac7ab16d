import type { NatsConnection } from '@nats-io/transport-node';
import { beforeAll, expect, test } from '@jest/globals';
import { MemorySink } from '#lib/sink';
import { until } from '#lib/ports/testing';
import { natsServer } from './testing/nats-server.js';
import { NatsSink, RecordIntake } from './records.js';
import { JetStreamLayout } from './streams.js';

const server = natsServer();
let nc: NatsConnection;
beforeAll(() => {
  nc = server.nc;
});

test('given more records than one message holds, all of them arrive', async () => {
  const layout = await JetStreamLayout.open(nc, 1);
  const sink = new MemorySink();
  const onError = (what: string, error: unknown): never => {
    throw new Error(what, { cause: error });
  };
  const intake = new RecordIntake({ nc, layout, node: 'n1', sink, onError });
  intake.start();
  const scope = {
    tenant: 'default',
    user: 'ann',
    connection: 'c',
    provider: 'http',
    connector: 'http.json',
  };
  const records = Array.from({ length: 500 }, (_, n) => ({
    stream: 'usage' as const,
    key: `k${n}`,
    data: { description: 'x'.repeat(4_000) },
  }));
  await new NatsSink(nc).write(scope, records, 1);
  await until(async () => (await sink.counts({ tenant: 'default' })).usage === 500);
  await intake.stop();
  expect(await sink.counts({ tenant: 'default' })).toMatchObject({ usage: 500 });
});
