import { expect, test } from '@jest/globals';
import { Actors } from '#lib/application/actors';
import { T0 } from '#lib/domain/testing';
import { wantsSubject } from '#lib/domain/webhook';
import { MemoryEventStore } from '#lib/event-store/memory';
import type { RecordedEvent } from '#lib/event-store/port';
import { stillTime } from '#lib/ports/testing';
import { Subjects } from './subjects.js';

test('given a subscription that changed, whoever asked for its service or its user is told', async () => {
  const store = new MemoryEventStore();
  const actors = new Actors({ store, environment: stillTime(T0), capacity: 10, snapshotEvery: 50 });
  const subject = await new Subjects(actors, store).of({
    type: 'SubscriptionChanged',
    stream: 'subscription-default.ann.netflix',
    data: { user: 'ann', service: 'netflix', id: 'netflix' },
  } as unknown as RecordedEvent);
  expect(wantsSubject({ providers: ['netflix'] }, subject)).toBe(true);
  expect(wantsSubject({ providers: ['spotify'] }, subject)).toBe(false);
  expect(wantsSubject({ providers: ['netflix'], users: ['ben'] }, subject)).toBe(false);
});
