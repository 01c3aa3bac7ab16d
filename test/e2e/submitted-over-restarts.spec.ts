import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { afterAll, expect, test } from '@jest/globals';
import { monthly } from './nats-service.js';
import { Service } from './support.js';
import { Topology } from './topology.js';

const folder = mkdtempSync(join(tmpdir(), 'syncopate-e2e-'));
const topology = new Topology({ eventStoreDb: false, nats: true, schedulers: 1, executors: 0 });
let nc: NatsConnection | undefined;
afterAll(async () => {
  await nc?.close();
  await topology.close();
  rmSync(folder, { recursive: true, force: true });
});

const start = (): Promise<Service> => Service.start({}, folder, topology);
const ROUNDS = 40;

/** Resolves after so many events of schedules. */
const seen = (service: Service, count: number): Promise<void> =>
  new Promise((resolve) => {
    let left = count;
    service.engine.observers.listen(({ stream }) => {
      if (stream.startsWith('schedule-') && (left -= 1) === 0) resolve();
    });
  });

test('given more than is decided at once, sent while no scheduler is up, and schedulers that are killed and stop on the way, each is decided once, in the order in which it was sent', async () => {
  const first = await start();
  nc = await connect({ servers: first.engine.configuration.nats?.servers as string[] });
  const created = await Promise.all(
    Array.from({ length: 8 }, (_, n) =>
      first.send('POST', '/v1/schedules', { ...monthly, user: `u-${n}`, connection: `c-${n}` }),
    ),
  );
  const ids = created.map(({ body }) => String(body['id']));
  await first.stop(true);
  const js = jetstream(nc);
  const submit = (verb: string, payload: object) =>
    js.publish(`syncopate.v1.submit.default.schedules.${verb}`, JSON.stringify(payload));
  for (let round = 0; round < ROUNDS; round += 1)
    for (const id of ids) {
      await submit('pause', { id, note: `n-${round}` });
      await submit('resume', { id });
    }
  // What a scheduler had been given that was killed before it decided anything.
  const given = await (
    await js.consumers.get('SYNCOPATE_COMMANDS', 'schedulers')
  ).fetch({ max_messages: 50, expires: 1_000 });
  let lost = 0;
  for await (const _ of given) lost += 1;
  expect(lost).toBe(50);
  for (const decided of [30, 100]) {
    const service = await start();
    await seen(service, decided);
    await service.stop(true);
  }
  const last = await start();
  const manager = await jetstreamManager(nc);
  while ((await manager.streams.info('SYNCOPATE_COMMANDS')).state.messages > 0);
  for (const id of ids) {
    const events = await last.engine.store.readStream(`schedule-${id}`);
    expect(events.map(({ type, data }) => (data as { note?: string }).note ?? type)).toEqual([
      'ScheduleCreated',
      ...Array.from({ length: ROUNDS }, (_, round) => [`n-${round}`, 'ScheduleResumed']).flat(),
    ]);
  }
  await last.stop(true);
});
