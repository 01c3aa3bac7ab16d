import { expect, test } from '@jest/globals';
import { Service } from './support.js';

test('given a provider that takes one start an hour, a restart does not give it a second one', async () => {
  const first = await Service.start();
  const limits = { concurrency: 10, userConcurrency: 10, rate: { starts: 1, per: 'PT1H' } };
  expect((await first.send('PUT', '/v1/providers/anything/limits', limits)).status).toBe(200);
  const [one, other] = [await first.schedule('c-1'), await first.schedule('c-2')];
  const succeeded = first.next('RunSucceeded');
  await first.post(`/v1/schedules/${one}/trigger`);
  await succeeded;
  await first.stop(true);

  const second = await Service.start({}, first.folder);
  const { body } = await second.post(`/v1/schedules/${other}/trigger`);
  const waiting = await second.get(`/v1/runs/${String(body['run'])}?atLeast=${String(body['position'])}`);
  expect(waiting.body).toMatchObject({ status: 'queued' });
  const provider = await second.get('/v1/providers/anything');
  expect(provider.body).toMatchObject({ stopped: 'rate_budget' });
  expect(second.work.tasks).toEqual([]);
  await second.stop();
});
