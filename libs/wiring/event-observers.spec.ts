import { expect, test } from '@jest/globals';
import type { StoredEvent } from '#lib/contracts/events';
import { T0 } from '#lib/domain/testing';
import { until } from '#lib/ports/testing';
import { EventObservers } from './event-observers.js';
import { Telemetry } from './telemetry.js';

const resumed = {
  type: 'ScheduleResumed',
  stream: 'schedule-s1',
  data: { automatic: false },
  metadata: { tenant: 'default', at: T0 },
} as unknown as StoredEvent;

test('given listeners that throw or whose promise is rejected, each is counted and the others hear all', async () => {
  const telemetry = new Telemetry();
  const observers = new EventObservers(telemetry);
  const heard: string[] = [];
  observers.listen(() => {
    throw new Error('at once');
  });
  observers.listen(async () => {
    throw new Error('later');
  });
  observers.listen((event) => heard.push(event.type));
  observers.handle(resumed);
  await until(async () => (await telemetry.errors.get()).values.some(({ value }) => value === 2));
  expect(heard).toEqual(['ScheduleResumed']);
});
