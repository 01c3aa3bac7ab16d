import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { decodeEvent, eventCatalogue, eventTypes, isUndecodableEvent } from '#lib/contracts/events';
import { upcast } from '#lib/contracts/events';
import { schedule, type ScheduleEvent, type ScheduleState } from '#lib/domain/schedule';
import type { RecordedEvent } from '#lib/event-store/port';

const folder = fileURLToPath(new URL('v1/', import.meta.url));
const read = (file: string): RecordedEvent[] =>
  readFileSync(folder + file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as RecordedEvent);
const logs = readdirSync(folder).filter((file) => file.endsWith('.jsonl'));
const events = logs.flatMap(read);
const [sample] = events;

describe('a log written by version 1', () => {
  test('is read event by event', () => {
    for (const event of events)
      expect(decodeEvent(event)).toMatchObject({ type: event.type, data: event.data });
  });

  test('holds every event type there is', () => {
    expect(eventTypes.filter((type) => !events.some((event) => event.type === type))).toEqual([]);
  });

  test('folds to the state that it folded to when it was written', () => {
    const state = read('schedule.jsonl').reduce<ScheduleState>(
      (folded, event) => schedule.evolve(folded, event as unknown as ScheduleEvent, event.metadata.at),
      schedule.initialState,
    );
    const expected = `${folder}schedule.state.json`;
    if (process.env['GOLDEN_WRITE'] !== undefined)
      writeFileSync(expected, `${JSON.stringify(state, null, 2)}\n`);
    expect(JSON.parse(JSON.stringify(state))).toEqual(JSON.parse(readFileSync(expected, 'utf8')));
  });
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
