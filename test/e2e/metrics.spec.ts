import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { root } from '../crashes/process.js';
import { Receiver } from '../support/receiver.js';
import { Service } from './support.js';

let service: Service;
const receiver = new Receiver();
beforeAll(async () => {
  await receiver.start();
  service = await Service.start();
});
afterAll(async () => {
  await service.stop();
  await receiver.stop();
});

/** The values of some metrics, by name and labels as they are written; one that is not there is undefined. */
async function metrics(...names: readonly string[]): Promise<readonly (number | undefined)[]> {
  const text = await (await fetch(`${service.server.url}/metrics`)).text();
  const values = new Map(
    text.split('\n').map((line) => [line.replace(/ \S+$/, ''), Number(line.slice(line.lastIndexOf(' ')))]),
  );
  return names.map((name) => values.get(name));
}

test('given a run that waits at a paused provider, all of that is told; once it has run, of the same provider that nothing waits', async () => {
  const told = ['waiting', 'provider_paused', 'circuit_open', 'oldest_waiting_seconds'].map(
    (name) => `syncopate_${name}{provider="held"}`,
  );
  expect(await metrics(...told)).toEqual([undefined, undefined, undefined, undefined]);
  await service.post('/v1/providers/held/pause');
  const id = await service.schedule('m-1', { provider: 'held' });
  const queued = service.next('RunQueued', ({ run }) => String(run).includes(id));
  await service.post(`/v1/schedules/${id}/trigger`);
  await queued;
  expect(await metrics(...told)).toEqual([1, 1, 0, expect.any(Number)]);
  const over = service.next('RunSucceeded', ({ run }) => String(run).includes(id));
  await service.post('/v1/providers/held/resume');
  await over;
  expect(await metrics(...told)).toEqual([0, 0, 0, 0]);
});

test('given a service by itself, its log, its leases and its executor are told', async () => {
  await service.schedule('m-2');
  await service.settled();
  const [head, position, ...rest] = await metrics(
    'syncopate_log_head',
    'syncopate_read_model_position',
    'syncopate_ready',
    'syncopate_leases_held{lease="shards"}',
    'syncopate_leases_held{lease="dispatch"}',
    'syncopate_executors_alive',
    'syncopate_executors_capacity',
    'syncopate_executors_running',
    'syncopate_parked',
  );
  expect(head).toBeGreaterThan(0);
  expect(position).toBe(head);
  expect(rest).toEqual([1, 32, 1, 1, 100, 0, 0]);
});

test('given a webhook that does not take what it is told, it is told as failing', async () => {
  const told = ['failing', 'disabled', 'pending'].map((state) => `syncopate_webhooks{state="${state}"}`);
  expect(await metrics(...told)).toEqual([0, 0, 0]);
  receiver.answers(500);
  await service.post('/v1/webhooks', { url: receiver.url, filter: { types: ['ScheduleCreated'] } });
  const failed = service.next('DeliveryFailed');
  await service.schedule('m-3');
  await failed;
  await service.settled();
  expect(await metrics(...told)).toEqual([1, 0, 1]);
});

test('given whatever the service tells, operators can read what it means', async () => {
  const text = await (await fetch(`${service.server.url}/metrics`)).text();
  const names = [...text.matchAll(/^# TYPE (syncopate_\w+)/gm)].map(([, name = '']) => name);
  const ours = names.filter((name) => !/^syncopate_(process|nodejs)_/.test(name));
  const documented = readFileSync(join(root, 'docs/operations.md'), 'utf8');
  expect(ours.length).toBeGreaterThan(25);
  expect(ours.filter((name) => !new RegExp(`\`${name}[\`{]`).test(documented))).toEqual([]);
});
