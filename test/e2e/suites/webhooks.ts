import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Receiver, type Told } from '../../support/receiver.js';
import { items, type Service } from '../support.js';

const typed =
  (type: string) =>
  ({ body }: Told): boolean =>
    body['type'] === type;

/** The product is told of what happens, as the Standard Webhooks specification has it. */
export function webhooks(of: () => Service): void {
  let service: Service;
  let receiver: Receiver;
  const made: string[] = [];

  beforeAll(async () => {
    service = of();
    receiver = new Receiver();
    await receiver.start();
  });
  afterEach(async () => {
    for (const id of made.splice(0)) await service.send('DELETE', `/v1/webhooks/${id}`);
    receiver.takes();
    receiver.told.length = 0;
  });
  afterAll(() => receiver.stop());

  async function register(more: object = {}, headers: Record<string, string> = {}): Promise<string> {
    const { status, body } = await service.post('/v1/webhooks', { url: receiver.url, ...more }, headers);
    expect(status).toBe(201);
    receiver.secret = String(body['secret']);
    made.push(String(body['id']));
    return String(body['id']);
  }
  const deliveries = async (id: string, query = ''): Promise<Record<string, unknown>[]> => {
    await service.settled();
    return items(await service.get(`/v1/webhooks/${id}/deliveries${query}`));
  };
  const create = (connection: string): Promise<string> => service.schedule(connection, { user: 'wendy' });
  /** Until it has ended. */
  const run = async (connection: string): Promise<string> => {
    const id = await create(connection);
    const over = service.next('RunSucceeded');
    await service.post(`/v1/schedules/${id}/trigger`);
    await over;
    return id;
  };

  describe('webhooks', () => {
    test('given an endpoint, it is told of what happens from then on, signed, and the deliveries are listed', async () => {
      await run('told-before');
      const id = await register({ filter: { types: ['RunSucceeded', 'ScheduleCreated'] } });
      const stored = service.next('DeliverySucceeded', ({ eventType }) => eventType === 'RunSucceeded');
      const schedule = await run('told-1');
      const { body } = await receiver.first(typed('RunSucceeded'));
      expect(body).toMatchObject({
        type: 'RunSucceeded',
        stream: `schedule-${schedule}`,
        tenant: 'default',
        subject: { schedule, user: 'wendy', connection: 'told-1', provider: 'anything' },
        data: { attempt: 1 },
      });
      expect(receiver.told.map(({ body: each }) => each['stream'])).toEqual([
        `schedule-${schedule}`,
        `schedule-${schedule}`,
      ]);
      expect(receiver.forged).toEqual([]);
      await stored;
      expect(await deliveries(id)).toMatchObject([
        { type: 'RunSucceeded', status: 'delivered', attempts: 1, statusCode: 204, deliveries: 1 },
        { type: 'ScheduleCreated', status: 'delivered' },
      ]);
      const shown = (await service.get(`/v1/webhooks/${id}`)).body;
      expect(shown).toMatchObject({ status: 'active', delivered: 2, pending: 0 });
      expect(JSON.stringify(shown)).not.toContain('whsec');
    });

    test('given a filter by connection, nothing of others is told', async () => {
      await register({ filter: { types: ['RunSucceeded'], connections: ['told-3'] } });
      await run('told-2');
      const schedule = await run('told-3');
      expect((await receiver.first(() => true)).body['stream']).toBe(`schedule-${schedule}`);
    });

    test('given an endpoint that fails, the delivery is pending with the reason, and tried again under the same id', async () => {
      receiver.answers(500, {}, 'out of order');
      const id = await register({ filter: { types: ['ScheduleCreated'] } });
      const failed = service.next('DeliveryFailed');
      await create('told-4');
      await failed;
      expect(await deliveries(id, '?status=pending')).toMatchObject([
        { status: 'pending', attempts: 1, statusCode: 500, message: expect.stringContaining('out of order') },
      ]);
      receiver.takes();
      const [first] = receiver.told;
      const taken = service.next('DeliverySucceeded');
      const [{ position } = {}] = await deliveries(id);
      expect((await service.post(`/v1/webhooks/${id}/deliveries/${String(position)}/redeliver`)).status).toBe(
        202,
      );
      await taken;
      const again = receiver.told.at(-1);
      expect([again?.id, again?.raw]).toEqual([first?.id, first?.raw]);
      expect(await deliveries(id, '?status=pending')).toEqual([]);
    });

    test('given 410, the endpoint is disabled; enabled again, it is told what it missed', async () => {
      receiver.answers(410);
      const id = await register({ filter: { types: ['ScheduleCreated'] } });
      const gone = service.next('WebhookDisabled');
      await create('told-5');
      expect(await gone).toMatchObject({ cause: 'gone' });
      const missed = await create('told-6');
      receiver.takes();
      expect((await service.post(`/v1/webhooks/${id}/enable`)).body).toMatchObject({ status: 'active' });
      await receiver.first(({ body }) => body['stream'] === `schedule-${missed}`);
      expect((await service.post(`/v1/webhooks/${id}/enable`)).status).toBe(409);
    });

    test('given a replay of a range, the same messages come again, and no others', async () => {
      const id = await register({ filter: { types: ['ScheduleCreated'] } });
      const first = await create('told-7');
      await receiver.first(({ body }) => body['stream'] === `schedule-${first}`);
      const after = await service.engine.store.head();
      const second = await create('told-8');
      const original = await receiver.first(({ body }) => body['stream'] === `schedule-${second}`);
      const through = await service.engine.store.head();
      receiver.told.length = 0;
      const over = service.next('WebhookReplayCompleted');
      const asked = await service.post(`/v1/webhooks/${id}/replay`, { after, through });
      expect(asked.status).toBe(202);
      await over;
      expect(receiver.told.map(({ id: each, raw }) => [each, raw])).toEqual([[original.id, original.raw]]);
    });

    test('given a new secret, what is sent is signed with both for a while', async () => {
      const id = await register({ filter: { types: ['ScheduleCreated'] } });
      const rotated = await service.post(`/v1/webhooks/${id}/rotate-secret`, { overlap: 'PT1H' });
      expect(rotated.body['secret']).toMatch(/^whsec_/);
      const old = receiver.secret;
      for (const secret of [old, String(rotated.body['secret'])]) {
        receiver.secret = secret;
        expect((await service.post(`/v1/webhooks/${id}/test`)).body).toMatchObject({
          kind: 'delivered',
          status: 204,
        });
      }
      await service.post(`/v1/webhooks/${id}/rotate-secret`, { overlap: 0 });
      const before = receiver.forged.length;
      await service.post(`/v1/webhooks/${id}/test`);
      expect(receiver.forged.length).toBe(before + 1);
    });

    test('given a repeated registration, it is the same one, with its secret; given a stale version, 412', async () => {
      const key = { 'idempotency-key': `hook-${Date.now()}` };
      const id = await register({}, key);
      const { secret } = receiver;
      expect(await register({}, key)).toBe(id);
      expect(receiver.secret).toBe(secret);
      const path = `/v1/webhooks/${id}`;
      const changed = await service.send('PATCH', path, { description: 'ours' }, { 'if-match': '"1"' });
      expect(changed.headers.get('etag')).toBe('"2"');
      expect((await service.send('DELETE', path, undefined, { 'if-match': '"1"' })).status).toBe(412);
    });
  });
}
