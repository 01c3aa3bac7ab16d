import { expect, test } from '@jest/globals';
import type { Heartbeat } from '#lib/contracts/messages';
import { idleHeartbeat } from '#lib/contracts/testing';
import { Places } from './places.js';

const SILENCE = 1_000;
let now = 0;
const clock = { now: () => now, monotonic: () => now };

const beat = ({
  capacity = 2,
  ...rest
}: Partial<Heartbeat> & { readonly capacity?: number } = {}): Heartbeat => ({
  ...idleHeartbeat('e1', { capacity }),
  claim: 'c1',
  ...rest,
});
const held = (run: string) => ({ tenant: 'default', schedule: 's', run, attempt: 1, fence: 1 });

/** Heard and answering. */
function places(...beats: readonly Heartbeat[]): Places {
  const all = new Places(clock, SILENCE);
  for (const each of beats) all.answers(all.heard(each)!, true);
  return all;
}

test('given nobody was heard, or one that has not answered yet, there is no room', () => {
  const all = places();
  expect(all.roomiest('p')).toBeUndefined();
  all.heard(beat());
  expect(all.roomiest('p')).toBeUndefined();
});

test('given an executor of an earlier release, it is given nothing', () => {
  const all = new Places(clock, SILENCE);
  expect(all.heard(beat({ claim: undefined }))).toBeUndefined();
});

test('given two with room, the one with more of it takes the next', () => {
  const all = places(beat({ capacity: 3 }), beat({ executor: 'e2', claim: 'c2', capacity: 2 }));
  const takers = ['r1', 'r2', 'r3', 'r4', 'r5'].map((run) => {
    const place = all.hold('p')!;
    all.give(run, place);
    return place.executor;
  });
  expect(takers.toSorted()).toEqual(['e1', 'e1', 'e1', 'e2', 'e2']);
  expect(all.roomiest('p')).toBeUndefined();
  all.settled('r2');
  expect(all.roomiest('p')?.executor).toBe(takers[1]);
});

test('given what it took from the queue, there is so much less room, and what was given is counted once', () => {
  const all = places(beat({ capacity: 3 }));
  all.give('given', all.hold('p')!);
  const asking = [{ run: 'asked', attempt: 1 }];
  all.heard(beat({ capacity: 3, running: [held('given'), held('pulled')], asking }));
  expect(all.roomiest('p')).toBeUndefined();
  all.settled('given');
  expect(all.roomiest('p')?.executor).toBe('e1');
});

test('given it was not heard for a while, does not answer, is leaving, or takes other work, it is passed over', () => {
  const other = places(beat({ providers: ['q'] }));
  expect(other.roomiest('p')).toBeUndefined();
  expect(other.roomiest('q')?.executor).toBe('e1');
  expect(places(beat({ capacity: 0 })).roomiest('p')).toBeUndefined();
  const all = places(beat());
  all.answers({ executor: 'e1', claim: 'c1' }, false);
  expect(all.roomiest('p')).toBeUndefined();
  all.answers({ executor: 'e1', claim: 'c1' }, true);
  now += SILENCE;
  expect(all.roomiest('p')).toBeUndefined();
  all.heard(beat());
  expect(all.roomiest('p')?.executor).toBe('e1');
});

test('given another process with the name, what the one before had does not count', () => {
  const all = places(beat({ capacity: 1 }));
  all.give('r1', all.hold('p')!);
  const next = all.heard(beat({ capacity: 1, claim: 'c2' }))!;
  all.answers(next, true);
  expect(all.roomiest('p')).toMatchObject({ claim: 'c2' });
  all.settled('r1');
  all.give('r2', all.hold('p')!);
  expect(all.roomiest('p')).toBeUndefined();
});
