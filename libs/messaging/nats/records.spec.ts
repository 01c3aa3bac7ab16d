import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jetstream } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { subjects } from '#lib/contracts/messages';
import { beforeAll, expect, test } from '@jest/globals';
import { MemorySink, SqliteSink } from '#lib/sink';
import { until } from '#lib/ports/testing';
import { natsServer } from './testing/nats-server.js';
import { NatsSink, RecordIntake } from './records.js';
import { JetStreamLayout } from './streams.js';

const server = natsServer();
let nc: NatsConnection;
beforeAll(() => {
  nc = server.nc;
});
const onError = (what: string, error: unknown): never => {
  throw new Error(what, { cause: error });
};
const scope = {
  tenant: 'default',
  user: 'ann',
  connection: 'c',
  provider: 'http',
  connector: 'http.json',
};

test('given more records than one message holds, all of them arrive', async () => {
  const layout = await JetStreamLayout.open(nc, 1);
  const sink = new MemorySink();
  const intake = new RecordIntake({ nc, layout, node: 'n1', sink, onError });
  intake.start();
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

test('given records whose file was deleted, the new one is given all of them again; one that is still there, only what is new', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'syncopate-records-'));
  const path = join(folder, 'records.sqlite');
  const layout = await JetStreamLayout.open(nc, 1);
  const taken: string[] = [];
  /** A scheduler that runs until its file holds so many records of a connection; how many batches it was given. */
  const runUntil = async (usage: number): Promise<number> => {
    const file = new SqliteSink(path);
    taken.length = 0;
    const sink = {
      ...(file.identity === undefined ? {} : { identity: file.identity }),
      write: (...given: Parameters<SqliteSink['write']>) => {
        if (given[0].connection === 'kept') taken.push(JSON.stringify(given[1][0]));
        return file.write(...given);
      },
    };
    const intake = new RecordIntake({ nc, layout, node: 'n2', sink, onError });
    intake.start();
    await until(async () => (await file.counts({ tenant: 'default', connection: 'kept' })).usage === usage);
    await intake.stop();
    await file.close();
    return taken.length;
  };
  const write = (key: string) =>
    new NatsSink(nc).write({ ...scope, connection: 'kept' }, [{ stream: 'usage', key, data: {} }], 1);
  await write('k1');
  await write('k2');
  expect(await runUntil(2)).toBe(2);
  await write('k3');
  expect(await runUntil(3)).toBe(1);
  for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true });
  expect(await runUntil(3)).toBe(3);
  rmSync(folder, { recursive: true });
});

test('given a batch that cannot be read, it is parked as it is, said, and the next one is taken', async () => {
  const layout = await JetStreamLayout.open(nc, 1);
  const sink = new MemorySink();
  const said: string[] = [];
  const tell = (what: string, error: unknown): void => void said.push(`${what}: ${(error as Error).message}`);
  const intake = new RecordIntake({ nc, layout, node: 'n3', sink, onError: tell });
  intake.start();
  const record = { stream: 'usage', key: 'k', data: { foo: { a: 1 } } };
  const batch = { scope: { ...scope, connection: 'odd' }, records: [record], at: 1 };
  await jetstream(nc).publish(subjects.records('default', 'http'), JSON.stringify(batch));
  await new NatsSink(nc).write(
    { ...scope, connection: 'even' },
    [{ stream: 'usage', key: 'k', data: {} }],
    1,
  );
  await until(async () => (await sink.counts({ tenant: 'default', connection: 'even' })).usage === 1);
  await intake.stop();
  const parked = await layout.manager.streams.getMessage('SYNCOPATE_PARKED', {
    last_by_subj: subjects.parked('records'),
  });
  const told = parked?.json<{ problem: { detail: string }; payload: string }>();
  expect(JSON.parse(Buffer.from(told?.payload ?? '', 'base64').toString())).toEqual(batch);
  expect(told?.problem.detail).toContain('records');
  expect(said).toEqual([expect.stringContaining('cannot be read and are parked')]);
});
