import { describe, test } from '@jest/globals';
import { scenario, T0 } from '#lib/domain/testing';
import { parking, type ParkingEvent } from './parking.js';

const facts = {
  id: 'watch.7',
  handler: 'watch',
  stream: 'schedule-s1',
  revision: 3,
  position: 7,
  eventType: 'RunFailed',
};
const park = { type: 'ParkEvent', ...facts, reason: 'it broke', now: T0 } as const;
const ask = { type: 'RequestReplay', id: 'watch.7', now: T0 } as const;
const confirm = { type: 'ConfirmReplay', id: 'watch.7', now: T0 } as const;

const parked: readonly [number, ParkingEvent] = [
  T0,
  { type: 'EventParked', data: { ...facts, reason: 'it broke' } },
];
const asked: readonly [number, ParkingEvent] = [T0, { type: 'ReplayRequested', data: { id: 'watch.7' } }];
const replayed: readonly [number, ParkingEvent] = [T0, { type: 'EventReplayed', data: { id: 'watch.7' } }];
const { given } = scenario(parking);

describe('given an event that was never parked', () => {
  test('it is parked with its reason', () => {
    given().when(park).then(parked[1]);
  });
  test('nobody can have it replayed', () => {
    given().when(ask).thenRejected('parked_event_not_found');
  });
});

describe('given a parked event', () => {
  test('parking it again changes nothing: it was shown again after a restart', () => {
    given(parked).when(park).thenNothing();
  });
  test('a replay is asked for once, however often somebody asks', () => {
    given(parked)
      .when({ ...ask, note: 'mended' })
      .then({
        type: 'ReplayRequested',
        data: { id: 'watch.7', note: 'mended' },
      });
    given(parked, asked).when(ask).thenNothing();
  });
  test('nothing is confirmed that nobody asked for', () => {
    given(parked).when(confirm).thenNothing();
  });
});

describe('given a replay that was asked for', () => {
  test('its success is the end of it', () => {
    given(parked, asked).when(confirm).then(replayed[1]);
    given(parked, asked, replayed).when(confirm).thenNothing();
    given(parked, asked, replayed).when(ask).thenRejected('event_replayed');
  });
  test('its failure parks it again with the new reason, and it can be asked for again', () => {
    const again = { ...park, reason: 'it broke otherwise' };
    const parkedAgain: ParkingEvent = { type: 'EventParked', data: { ...facts, reason: again.reason } };
    given(parked, asked).when(again).then(parkedAgain);
    given(parked, asked, [T0, parkedAgain]).when(ask).then(asked[1]);
  });
});
