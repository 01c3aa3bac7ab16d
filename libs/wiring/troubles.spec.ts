import { expect, test } from '@jest/globals';
import { MINUTE, SECOND } from '#lib/domain/kernel';
import { storageFull } from '#lib/event-store/port';
import { VirtualTime } from '#lib/ports/testing';
import { ProcessTelemetry } from './telemetry.js';
import { Troubles } from './troubles.js';

function open() {
  const time = new VirtualTime();
  const said: [string, string, unknown][] = [];
  const telemetry = new ProcessTelemetry();
  const troubles = new Troubles(
    (level, message, details) => said.push([level, message, details]),
    time,
    telemetry,
  );
  const lines = (): string[] => said.map(([level, message]) => `${level} ${message}`);
  return { time, said, lines, telemetry, troubles };
}

test('given an outage that every schedule meets again and again, it is told when it begins, once a minute, and when it ends', async () => {
  const { time, said, lines, telemetry, troubles } = open();
  for (let second = 0; second < 150; second += 1) {
    for (let n = 0; n < 200; n += 1) troubles.told(`advance schedule-${n}`, storageFull());
    time.advance(SECOND);
  }
  for (let minute = 0; minute < 5; minute += 1) time.advance(MINUTE);
  expect(lines()).toEqual([
    'warn advance schedule-0: will be tried again',
    'warn advance schedule-199: goes on',
    'warn advance schedule-199: goes on',
    'warn advance schedule-199: goes on',
    'info advance schedule-199: is over, it did not come again for a minute',
  ]);
  const since = new Date(time.start).toISOString();
  const last = storageFull().message;
  expect(said.slice(1).map(([, , details]) => details)).toEqual([
    { times: 60 * 200 - 1, since, last },
    { times: 60 * 200, since, last },
    { times: 30 * 200, since, last },
    { times: 150 * 200, since },
  ]);
  expect(await telemetry.registry.metrics()).toContain(
    'syncopate_background_errors_total{where="advance"} 30000',
  );
  // Nothing is left behind, and what comes after is told anew.
  expect(time.pending).toBe(0);
  troubles.told('advance schedule-1', storageFull());
  expect(lines().at(-1)).toBe('warn advance schedule-1: will be tried again');
  troubles.stop();
  troubles.told('leases', new Error('timeout'));
  expect([lines().at(-1), time.pending]).toEqual(['warn leases: will be tried again', 0]);
});

test('given two kinds of trouble at one place, each is told; what differs by names and numbers only is one kind', () => {
  const { lines, troubles } = open();
  troubles.told('records', new Error('timeout'));
  troubles.told('records', new Error('consumer deleted'));
  troubles.told('snapshot of schedule-1', new Error('of schedule-1: 17 bytes are too many'));
  troubles.told('snapshot of schedule-2', new Error('of schedule-2: 18 bytes are too many'));
  expect(lines()).toEqual([
    'warn records: will be tried again',
    'warn records: will be tried again',
    'warn snapshot of schedule-1: will be tried again',
  ]);
});

test('given errors that are all different, so many kinds are told apart, and the rest by place', () => {
  const { lines, troubles } = open();
  const words = (n: number): string => 'x'.repeat(n + 1);
  for (let n = 0; n < 150; n += 1) troubles.told('lanes', new Error(words(n)));
  expect(lines().length).toBeLessThanOrEqual(101);
});
