import type { Random } from '../simulation/random.js';
import { hostileCrons, hostileDates, hostileDurations, hostileStrings, hostileZones } from './hostile.js';
import { mutated } from './mutate.js';

/** Bodies that the service takes, to be changed. */
const schedules = [
  { recurrence: 'daily' },
  { recurrence: { frequency: 'hourly', minute: 5, zone: 'Europe/Berlin' }, priority: 'high' },
  { recurrence: { frequency: 'weekly', days: ['mon', 'fri'], at: ['02:30'], zone: 'America/New_York' } },
  { recurrence: { frequency: 'monthly', days: [1, -1], at: ['00:00'] }, overlap: 'buffer_all', bufferCap: 5 },
  { recurrence: { frequency: 'interval', every: '6h', anchor: '2027-01-01T00:00:00Z', spread: '5m' } },
  {
    recurrence: {
      frequency: 'cron',
      expression: '0 */2 * * *',
      zone: 'Asia/Tokyo',
      excludedDates: ['2027-12-25'],
    },
    retry: { maxAttempts: 3, base: '10s', factor: 2, cap: '5m', jitter: 'full' },
    catchUp: { policy: 'all', window: '7d', cap: 10 },
  },
].map((more, n): object => ({
  user: 'ann',
  connection: `fuzz-${n}`,
  provider: 'anything',
  name: 'A name',
  ...more,
}));

const others: readonly object[] = [
  {},
  { note: 'because' },
  { until: '2030-01-01T00:00:00Z' },
  { overlap: 'allow_all', operation: 'full_sync' },
  { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' },
  { concurrency: 5, userConcurrency: 2, rate: { starts: 10, per: '1m' } },
  {
    user: 'ann',
    provider: 'anything',
    connector: 'http.json',
    config: { a: 1 },
    credentials: { token: 'x' },
  },
  { concurrency: 5, weight: 2 },
  { message: 'stop' },
  // Nobody answers there: what is registered is told nothing.
  { url: 'https://receiver.invalid/', filter: { types: ['RunSucceeded'], users: ['ann'] }, description: 'a' },
  { after: 1, through: 9 },
  { overlap: '6h' },
  { from: 'now' },
  { filter: { provider: 'anything', status: ['active'] }, change: { action: 'pause', note: 'because' } },
  { filter: { schedules: ['s-1', 's-2'] }, change: { action: 'update', set: { priority: 'high' } } },
  { filter: { user: 'ann' }, change: { action: 'update', set: { recurrence: 'hourly' } }, expect: 3 },
  { filter: { all: true }, change: { action: 'resume' } },
  { filter: { text: 'name' }, change: { action: 'delete', note: 'over' }, expect: 1 },
];

/** Places where a value of a kind is wanted get the worst of that kind: a mutation would seldom find them. */
function aimed(random: Random, body: unknown): unknown {
  const text = JSON.stringify(body);
  const [from, to] = random.pick([
    ['0 */2 * * *', random.pick(hostileCrons)],
    ['Europe/Berlin', random.pick(hostileZones)],
    ['2027-01-01T00:00:00Z', random.pick(hostileDates)],
    ['2027-12-25', random.pick(hostileDates)],
    ['6h', random.pick(hostileDurations)],
    ['10s', random.pick(hostileDurations)],
    ['02:30', random.pick(hostileStrings)],
  ]);
  return JSON.parse(text.replace(JSON.stringify(from), () => JSON.stringify(to))) as unknown;
}

export function requestBody(random: Random): unknown {
  const body = random.pick(random.chance(0.6) ? schedules : others);
  const changed = random.chance(0.3) ? aimed(random, random.pick(schedules)) : body;
  return random.chance(0.1) ? changed : mutated(random, changed);
}

const queries: Record<string, readonly string[]> = {
  user: ['ann', ...hostileStrings],
  status: ['active', 'succeeded', 'active,paused', ',,'],
  limit: ['1', '500', '0', '-1', '1e3', '9'.repeat(30), '１'],
  cursor: ['', 'AAAA', 'e30=', '[1]', ...hostileStrings],
  from: ['2027-01-01T00:00:00Z', ...hostileDates],
  to: ['2027-01-02T00:00:00Z', ...hostileDates],
  count: ['10', '100', '101', '0', 'NaN'],
  text: ['a', '%', '_', ...hostileStrings],
  minLateness: ['5m', ...hostileDurations],
  bucket: ['hour', 'day', 'year'],
  scope: ['all', 'user', '__proto__'],
  schedule: ['zzz', ...hostileStrings],
  atLeast: ['0', '1', '-1', 'x'],
  types: ['RunStarted', 'toString', ',', 'x'.repeat(3_000)],
};

/** A query of a few parameters, some of them twice. */
export function query(random: Random): Record<string, string> {
  const names = Array.from({ length: random.whole(0, 3) }, () => random.pick(Object.keys(queries)));
  return Object.fromEntries(names.map((name) => [name, random.pick(queries[name] ?? [''])]));
}
