import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { decodeEvent, eventCatalogue, eventTypes, isUndecodableEvent, upcast } from '#lib/contracts/events';
import { bulkChange, type BulkEvent, type BulkState } from '#lib/domain/bulk';
import { schedule, type ScheduleEvent, type ScheduleState } from '#lib/domain/schedule';
import { evolveWebhook, type WebhookEvent, type WebhookState } from '#lib/domain/webhook';
import type { RecordedEvent } from '#lib/event-store/port';

const folderOf = (version: string): string => fileURLToPath(new URL(`${version}/`, import.meta.url));
const read = (path: string): RecordedEvent[] =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as RecordedEvent);
const eventsOf = (version: string): RecordedEvent[] =>
  readdirSync(folderOf(version))
    .filter((file) => file.endsWith('.jsonl'))
    .flatMap((file) => read(folderOf(version) + file));
const [sample] = eventsOf('v1');

describe.each(['v1', 'v2'])('a log written by version %s', (version) => {
  test('is read event by event', () => {
    for (const event of eventsOf(version))
      expect(decodeEvent(event)).toMatchObject({ type: event.type, data: event.data });
  });

  test('of a schedule, folds to the state that it folded to when it was written', () => {
    const state = read(`${folderOf(version)}schedule.jsonl`).reduce<ScheduleState>((folded, event) => {
      const fact = decodeEvent(event) as unknown as ScheduleEvent;
      return schedule.evolve(folded, fact, event.metadata.at);
    }, schedule.initialState);
    const expected = `${folderOf(version)}schedule.state.json`;
    if (process.env['GOLDEN_WRITE'] !== undefined)
      writeFileSync(expected, `${JSON.stringify(state, null, 2)}\n`);
    expect(JSON.parse(JSON.stringify(state))).toEqual(JSON.parse(readFileSync(expected, 'utf8')));
  });
});

test('a webhook’s log of version 1 folds to the state that it folded to when it was written', () => {
  const state = read(`${folderOf('v1')}webhook.jsonl`).reduce<WebhookState>(
    (folded, event) =>
      evolveWebhook(folded, decodeEvent(event) as unknown as WebhookEvent, event.metadata.at),
    { status: 'none' },
  );
  expect(state).toEqual(JSON.parse(readFileSync(`${folderOf('v1')}webhook.state.json`, 'utf8')));
});

test('a bulk change’s log of version 1 folds to the state that it folded to when it was written', () => {
  const state = read(`${folderOf('v1')}bulk.jsonl`).reduce<BulkState>(
    (folded, event) =>
      bulkChange.evolve(folded, decodeEvent(event) as unknown as BulkEvent, event.metadata.at),
    bulkChange.initialState,
  );
  expect(state).toEqual(JSON.parse(readFileSync(`${folderOf('v1')}bulk.state.json`, 'utf8')));
});

test('there is an event of every type in them, and one of every version', () => {
  const events = [...eventsOf('v1'), ...eventsOf('v2')];
  for (const type of eventTypes) {
    const versions = events.filter((event) => event.type === type).map(({ metadata }) => metadata.v);
    const { version } = eventCatalogue[type];
    expect([...new Set(versions)].sort()).toEqual(Array.from({ length: version }, (_, n) => n + 1));
  }
});

describe('an event that cannot be read', () => {
  const refused = (change: object): unknown => {
    try {
      return decodeEvent({ ...(sample as RecordedEvent), ...change });
    } catch (error) {
      return isUndecodableEvent(error) ? error.message : error;
    }
  };

  test('of a newer version, is refused with both versions named', () => {
    expect(refused({ metadata: { ...sample!.metadata, v: 2 } })).toMatch(/version 2; this release knows 1/);
  });
  test('of an unknown type, is refused by name', () => {
    expect(refused({ type: 'ScheduleVanished' })).toMatch(/ScheduleVanished is not an event/);
  });
  test('with a field of another type, is refused with the field named', () => {
    expect(refused({ data: { id: 7, definition: {} } })).toMatch(/field id is number, not string/);
  });
  test('on a stream that is not ours, is nobody’s business', () => {
    expect(refused({ stream: '$settings' })).toBeUndefined();
  });
});

test('data of an older version goes through each step from there on', () => {
  const registry = {
    Sample: [(data: object) => ({ ...data, two: true }), (data: object) => ({ ...data, three: true })],
  };
  expect(upcast('Sample', 1, { one: true }, registry)).toEqual({ one: true, two: true, three: true });
  expect(upcast('Sample', 3, { one: true }, registry)).toEqual({ one: true });
});

test('the catalogue page names every event and its stream', () => {
  const page = readFileSync(fileURLToPath(new URL('../../docs/event-catalogue.md', import.meta.url)), 'utf8');
  for (const type of eventTypes) expect(page).toContain(`| \`${type}\` |`);
  expect(Object.keys(eventCatalogue)).toHaveLength(eventTypes.length);
});
