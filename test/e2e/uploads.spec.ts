import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { StoredEvent } from '#lib/contracts/events';
import { netflixZip, viewingHistory } from '#lib/connectors/testing';
import { Engine, readConfiguration, silent } from '#lib/wiring';
import { ImportApi } from '../../apps/scheduler/api/imports.js';
import { openInbox } from '../../apps/scheduler/inbox.js';
import { startServer, type Server } from './described-server.js';

const folder = mkdtempSync(join(tmpdir(), 'syncopate-uploads-'));
let engine: Engine;
let server: Server;
let inbox: { stop(): Promise<void> };

beforeAll(async () => {
  const configuration = {
    ...readConfiguration({}),
    port: 0,
    dataFolder: folder,
    uploadLimitBytes: 1024 ** 2,
  };
  engine = await Engine.open(configuration, { log: silent });
  server = await startServer(engine, silent);
  await engine.start();
  inbox = await openInbox(server.app, engine);
  engine.observers.listen((event) => {
    happened.push(event);
    for (const look of waiting) look();
  });
});
afterAll(async () => {
  await inbox.stop();
  await server.close();
  await engine.stop(0);
  rmSync(folder, { recursive: true, force: true });
});

const json = async (method: string, path: string, body: object) => {
  const init = { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  return (await (await fetch(server.url + path, init)).json()) as Record<string, unknown>;
};
const upload = async (connection: string, content: Uint8Array | string, type = 'application/zip') => {
  const body = typeof content === 'string' ? content : new Uint8Array(content);
  const answer = await fetch(`${server.url}/v1/connections/${connection}/file`, {
    method: 'PUT',
    headers: { 'content-type': type },
    body,
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};
const connect = async (user: string, connector = 'netflix.export', provider = 'netflix') => {
  await json('PUT', `/v1/connections/${user}-netflix`, {
    user,
    provider,
    connector,
    config: { file: 'none-yet.zip' },
  });
  const monthly = { frequency: 'monthly', days: [1] };
  return json('POST', '/v1/schedules', {
    user,
    connection: `${user}-netflix`,
    provider,
    recurrence: monthly,
  });
};
const happened: StoredEvent[] = [];
const waiting = new Set<() => void>();
/** Resolves once an event is in the log. */
async function seen(is: (event: StoredEvent) => boolean): Promise<void> {
  while (!happened.some(is)) await new Promise<void>((resolve) => waiting.add(resolve));
}
/** Resolves once the run that imports an upload has succeeded. */
const imported = ({ body }: { body: Record<string, unknown> }): Promise<void> =>
  seen(({ type, data }) => type === 'RunSucceeded' && (body['runs'] as string[]).includes(data.run));
const digestOf = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');
const priceOf = async (user: string): Promise<unknown> => {
  const answer = await fetch(`${server.url}/v1/subscriptions?user=${user}`);
  return ((await answer.json()) as { items: { priceMinor: number }[] }).items.map((item) => item.priceMinor);
};
const zipped = (price: string, months = 3): Uint8Array =>
  netflixZip({ months, views: 10, plan: 'Standard', price, currency: 'EUR' });

describe('an uploaded export', () => {
  test('is imported at once; the same file again changes nothing; a newer one replaces it', async () => {
    await connect('ann');
    const first = await upload('ann-netflix', zipped('13.99'));
    expect(first).toMatchObject({ status: 202, body: { unchanged: false, refused: [] } });
    await imported(first);
    const again = await upload('ann-netflix', zipped('13.99'));
    const { sha256, runs } = first.body;
    expect(again.body).toMatchObject({ sha256, unchanged: true, runs });
    const newer = await upload('ann-netflix', zipped('15.99', 4));
    await imported(newer);
    const found = (await (await fetch(`${server.url}/v1/subscriptions?user=ann`)).json()) as {
      items: object[];
    };
    expect(found.items).toMatchObject([
      { service: 'netflix', plan: 'Standard', priceMinor: 1599, currency: 'EUR' },
    ]);
    const queued = happened.filter(({ type, data }) => type === 'RunQueued' && data.run === String(runs));
    expect(queued).toHaveLength(1);
  });

  test('that replaces one whose import has not ended yet makes that one way', async () => {
    await connect('eve');
    await upload('eve-netflix', zipped('11.99'));
    await upload('eve-netflix', zipped('12.99', 4));
    await imported(await upload('eve-netflix', zipped('15.99', 5)));
    expect(await priceOf('eve')).toEqual([1599]);
  });

  test('that is put back after another one is imported again', async () => {
    await connect('fay');
    await imported(await upload('fay-netflix', zipped('13.99', 4)));
    await imported(await upload('fay-netflix', zipped('17.99', 4)));
    expect(await priceOf('fay')).toEqual([1799]);
    await imported(await upload('fay-netflix', zipped('13.99', 4)));
    expect(await priceOf('fay')).toEqual([1399]);
  });

  test('that a run was waiting for is imported at once', async () => {
    const { id } = (await connect('gus')) as { id: string };
    const { run } = await json('POST', `/v1/schedules/${id}/trigger`, {});
    await seen(({ type, data }) => type === 'RunSnoozed' && data.run === run);
    await imported(await upload('gus-netflix', zipped('18.99')));
    expect(await priceOf('gus')).toEqual([1899]);
  });

  test('with a row that cannot be read is imported without it, and the run says what was wrong', async () => {
    await connect('dana');
    const rows = Array.from({ length: 30 }, (_, n) => [`Film ${n}`, `10/${n + 1}/26`] as const);
    const text = viewingHistory([...rows, ['A film without a day', 'some day']]);
    await imported(await upload('dana-netflix', text, 'text/csv'));
    await engine.readModel.waitFor(await engine.store.head(), 10_000);
    const runs = (await (await fetch(`${server.url}/v1/runs?user=dana`)).json()) as { items: object[] };
    expect(runs.items).toMatchObject([
      {
        records: {
          rejected: 1,
          rejections: [{ stream: 'usage', reason: 'unreadable_value', times: 1 }],
        },
      },
    ]);
  });

  test('that is too large is refused, and nothing of it is left', async () => {
    await connect('bob');
    const { status, body } = await upload('bob-netflix', new Uint8Array(2 * 1024 ** 2));
    expect({ status, type: body['type'] }).toEqual({
      status: 413,
      type: 'urn:syncopate:problem:file-too-large',
    });
    expect(statSync(join(folder, 'imports/default/bob-netflix')).isDirectory()).toBe(true);
    expect((await upload('bob-netflix', zipped('9.99'))).status).toBe(202);
  });

  test('that is empty is refused, and what was there before stays', async () => {
    await connect('eve');
    expect((await upload('eve-netflix', zipped('9.99'))).body).toMatchObject({ unchanged: false });
    expect(await upload('eve-netflix', '', 'text/csv')).toMatchObject({
      status: 422,
      body: { type: 'urn:syncopate:problem:empty-file' },
    });
    expect((await upload('eve-netflix', zipped('9.99'))).body).toMatchObject({ unchanged: true });
    expect(await upload('eve-netflix', 'PK', 'application/pdf')).toMatchObject({
      status: 415,
      body: { detail: 'send the file as application/zip, text/csv, application/octet-stream' },
    });
  });

  test.each([
    ['for a connection that does not exist', 'nobody', 'application/zip', 404],
    ['for a connection that is a path', '..%2f..%2fetc', 'application/zip', 400],
    ['sent as JSON', 'ann-netflix', 'application/json', 400],
    ['sent as a picture', 'ann-netflix', 'image/png', 415],
  ])('%s is refused', async (_, connection, type, expected) => {
    expect((await upload(connection, 'PK', type)).status).toBe(expected);
  });

  test('for a connection that takes no files is refused', async () => {
    await json('PUT', '/v1/connections/ann-spotify', {
      user: 'ann',
      provider: 'spotify',
      connector: 'spotify.webapi',
      config: { clientId: 'c' },
    });
    expect((await upload('ann-spotify', 'PK')).body).toMatchObject({
      type: 'urn:syncopate:problem:no-file-import',
    });
  });
});

test('settings that are changed while a file is uploaded stay changed', async () => {
  await connect('dora');
  const content = zipped('12.99');
  async function* slowly(): AsyncGenerator<Uint8Array> {
    yield content.subarray(0, 10);
    const config = { file: 'none-yet.zip', dateFormat: 'day-first' };
    const body = { user: 'dora', provider: 'netflix', connector: 'netflix.export', config };
    await json('PUT', '/v1/connections/dora-netflix', body);
    yield content.subarray(10);
  }
  const context = { tenant: 'default', actor: 'test', correlation: 'c' };
  await server.app.get(ImportApi).take('dora-netflix', context, slowly());
  const [latest] = happened
    .filter(({ type, data }) => type === 'ConnectionRegistered' && data.id === 'dora-netflix')
    .toReversed();
  const file = `default/dora-netflix/${digestOf(content)}`;
  expect(latest?.data).toMatchObject({ config: { dateFormat: 'day-first', file } });
});

test('a file that is put into the inbox is imported and gone', async () => {
  await connect('cem');
  const path = join(folder, 'imports/inbox/cem-netflix.zip');
  const content = zipped('19.99');
  writeFileSync(path, content);
  const file = digestOf(content).slice(0, 16);
  await seen(({ type, data }) => type === 'RunSucceeded' && data.run.includes(file));
  expect(engine.ready).toBe(true);
  await inbox.stop();
  expect(() => statSync(path)).toThrow(/ENOENT/);
});
