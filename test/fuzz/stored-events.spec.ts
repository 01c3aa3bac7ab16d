import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { decodeEvent, isUndecodableEvent } from '#lib/contracts/events';
import type { RecordedEvent } from '#lib/event-store/port';
import { CASES, draws, mutated } from './mutate.js';
import { Complaints, timed } from './verdict.js';

const folder = fileURLToPath(new URL('../golden/v1/', import.meta.url));
const golden = readdirSync(folder)
  .filter((file) => file.endsWith('.jsonl'))
  .flatMap((file) =>
    readFileSync(folder + file, 'utf8')
      .trim()
      .split('\n'),
  )
  .map((line) => JSON.parse(line) as RecordedEvent);

test('given stored events that something has changed, each is read or refused by name', () => {
  const complaints = new Complaints('stored events');
  let refused = 0;
  for (; complaints.cases < CASES; complaints.cases += 1) {
    const random = draws(4, complaints.cases);
    const event = random.pick(golden);
    // The log itself vouches for what surrounds them: their stream, their place in it, and that they are objects.
    const stored = {
      ...event,
      data: objectOf(mutated(random, event.data)),
      metadata: objectOf(mutated(random, event.metadata)),
      type: random.chance(0.05) ? random.pick(golden).type : event.type,
    } as RecordedEvent;
    try {
      timed(
        () => decodeEvent(stored),
        (ms) => complaints.add(stored, `took ${ms} ms`),
      );
    } catch (error) {
      if (isUndecodableEvent(error)) refused += 1;
      else complaints.add(stored, `threw ${String(error)}`);
    }
  }
  complaints.settle(CASES);
  expect(refused).toBeGreaterThan(CASES / 20);
});

const objectOf = (value: unknown): object =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
