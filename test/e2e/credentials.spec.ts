import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { connectionStream } from '#lib/contracts/streams';
import { Service, type Answer } from './support.js';

const body = { user: 'cleo', provider: 'spotify' } as const;

const connect = (
  service: Service,
  connection: string,
  credentials: Record<string, string>,
  idempotency?: string,
): Promise<Answer> =>
  service.send(
    'PUT',
    `/v1/connections/${connection}`,
    { ...body, credentials },
    idempotency === undefined ? {} : { 'idempotency-key': idempotency },
  );

const stored = async (service: Service, connection: string) =>
  (await service.engine.vault.read({ tenant: 'default', connection }))?.secrets;

describe('given a service', () => {
  let service: Service;
  beforeAll(async () => {
    service = await Service.start();
  });
  afterAll(() => service.stop());

  const withVault = (work: (vault: DatabaseSync) => void): void => {
    const vault = new DatabaseSync(join(service.folder, 'vault.sqlite'));
    work(vault);
    vault.close();
  };

  test.each([
    ['encrypted under a key that was lost', "key_id = 'lost'"],
    ['damaged', 'nonce = zeroblob(12)'],
  ])('a user whose credentials are %s connects again', async (_name, change) => {
    await connect(service, 'again', { refresh_token: 'old' });
    withVault((vault) => vault.exec(`UPDATE credentials SET ${change} WHERE connection = 'again'`));
    const again = await connect(service, 'again', { refresh_token: 'new' });
    expect(again).toMatchObject({ status: 200, body: { credentials: 'stored' } });
    expect(await stored(service, 'again')).toEqual({ refresh_token: 'new' });
  });

  test('credentials that the vault would not take are refused before anything is stored', async () => {
    const many = Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`s${n}`, 'é'.repeat(8_000)]));
    const refused = await connect(service, 'much', many);
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({ errors: [{ field: 'credentials' }] });
    await service.settled();
    expect((await service.get('/v1/connections/much')).status).toBe(404);
  });

  test('a request repeated after its credentials were renewed puts nothing old back', async () => {
    const owner = { tenant: 'default', connection: 'renewed' };
    await connect(service, 'renewed', { refresh_token: 'one' }, 'k-1');
    expect((await connect(service, 'renewed', { refresh_token: 'one' }, 'k-1')).status).toBe(200);
    await service.engine.vault.write(owner, { refresh_token: 'two', access_token: 'x' }, 1);
    const repeated = await connect(service, 'renewed', { refresh_token: 'one' }, 'k-1');
    expect(repeated.status).toBe(409);
    expect(JSON.stringify(repeated.body)).toContain('a new Idempotency-Key');
    expect(await stored(service, 'renewed')).toMatchObject({ refresh_token: 'two' });
    expect((await connect(service, 'renewed', { refresh_token: 'one' }, 'k-2')).status).toBe(200);
    expect(await stored(service, 'renewed')).toEqual({ refresh_token: 'one' });
  });

  test('what is stored of an Idempotency-Key says nothing of the credentials', async () => {
    const prints: string[] = [];
    for (const password of ['hunter2', 'hunter3']) {
      await connect(service, 'print', { password }, `k-${password}`);
      const [event] = await service.engine.store.readStream(connectionStream('default', 'print'), {
        backwards: true,
      });
      prints.push(String(event?.metadata.fingerprint));
    }
    expect(prints[0]).toMatch(/^.{22}$/);
    expect(prints[1]).toBe(prints[0]);
  });

  test('a vault that another process holds is an outage, not a failure of ours', async () => {
    const other = new DatabaseSync(join(service.folder, 'vault.sqlite'));
    other.exec('BEGIN IMMEDIATE');
    const away = await connect(service, 'held', { refresh_token: 'x' });
    expect(away.status).toBe(503);
    expect(away.headers.get('retry-after')).toBe('2');
    other.exec('ROLLBACK');
    other.close();
    expect((await connect(service, 'held', { refresh_token: 'x' })).status).toBe(200);
  }, 30_000);
});
