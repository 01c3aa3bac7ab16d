import { beforeAll, describe, expect, test } from '@jest/globals';
import { items, type Service } from '../support.js';

/** What nobody could read is listed, and can be shown again. */
export function parked(of: () => Service): void {
  let service: Service;
  let position: number;
  const listed = async (): Promise<unknown> => {
    await service.settled();
    return items(await service.get('/v1/parked?handler=decoding')).find(
      (item) => item['position'] === position,
    );
  };

  describe('an event that nobody could read', () => {
    beforeAll(async () => {
      service = of();
      const { store, environment } = service.engine;
      const [at, id] = [environment.clock.now(), environment.ids.next()];
      const metadata = { v: 1, at, tenant: 'default', actor: 'test', correlation: id };
      // Written by a release with a bug: its `error` is no object.
      const data = { run: 'broken.1.a', attempt: 1, error: 'reset', durationMs: 1, cause: 'reported' };
      const stored = service.next('EventParked');
      ({ position } = await store.append(`schedule-broken-${id}`, -1, [
        { id, type: 'RunFailed', data, metadata },
      ]));
      await stored;
    });

    test('is listed with its place and the reason, for sagas and for read models', async () => {
      const reason: unknown = expect.stringContaining('its field error is string, not object');
      expect(await listed()).toMatchObject({
        id: `decoding.${position}`,
        times: 1,
        status: 'parked',
        reason,
      });
      const { projections } = (await service.get('/v1/parked')).body as { projections: object[] };
      expect(projections).toContainEqual(expect.objectContaining({ position, projection: 'decode' }));
    });

    test('is read again when somebody asks, and parked again where that fails', async () => {
      const again = service.next('EventParked');
      const asked = await service.post(`/v1/parked/decoding.${position}/replay`, { note: 'upgraded' });
      expect(asked).toMatchObject({ status: 202, body: { status: 'replaying' } });
      await again;
      expect(await listed()).toMatchObject({ status: 'parked', times: 2 });
    });

    test('that nobody parked is not found', async () => {
      const answer = await service.post('/v1/parked/decoding.0/replay');
      expect(answer.status).toBe(404);
      expect(answer.body['detail']).toBe('there is no parked event decoding.0');
    });
  });
}
