import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { Ring } from './ring.js';

type Member = { readonly key: string; left: number };

/** What a ring is meant to be: a list of members, looked through from its front. */
class List {
  members: Member[] = [];

  add(key: string): void {
    const known = this.members.find((member) => member.key === key);
    if (known === undefined) this.members.push({ key, left: 1 });
    else known.left += 1;
  }

  turn(passed: readonly string[]): string | undefined {
    const asked = this.members.slice();
    for (const member of asked) {
      const gives = !passed.includes(member.key);
      if (gives) member.left -= 1;
      if (gives || member.left === 0) this.members.splice(this.members.indexOf(member), 1);
      if (gives && member.left > 0) this.members.push(member);
      if (gives) return member.key;
    }
    return undefined;
  }
}

const key = fc.constantFrom<string>('a', 'b', 'c', 'd');
const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('add' as const), key }),
    fc.record({ kind: fc.constant('turn' as const), passed: fc.array(key, { maxLength: 2 }) }),
  ),
  { maxLength: 60, size: 'max' },
);

test('a ring gives turns as a list would, of which who gave goes to the end and who is empty leaves', () => {
  fc.assert(
    fc.property(steps, (plan) => {
      const list = new List();
      const ring = new Ring<string, Member>();
      for (const step of plan) {
        if (step.kind === 'add') {
          list.add(step.key);
          ring.getOrAdd(step.key, () => ({ key: step.key, left: 0 })).left += 1;
        } else {
          const given = ring.turn(
            (member) => {
              if (step.passed.includes(member.key)) return undefined;
              member.left -= 1;
              return member.key;
            },
            ({ left }) => left === 0,
          );
          expect(given).toBe(list.turn(step.passed));
        }
        expect(ring.isEmpty).toBe(list.members.length === 0);
      }
    }),
    { numRuns: 2_000 },
  );
});

test('given weights, each has so many turns in a row, and those that a turn passes over keep theirs', () => {
  const ring = new Ring<string, Member>();
  const add = (name: string, left: number): void => void ring.getOrAdd(name, () => ({ key: name, left }));
  const weights: Record<string, number> = { a: 3, b: 1, c: 2 };
  for (const name of ['a', 'b', 'c']) add(name, 6);
  const turn = (passed = ''): string | undefined =>
    ring.turn(
      (member) => {
        if (member.key === passed) return undefined;
        member.left -= 1;
        return member.key;
      },
      ({ left }) => left === 0,
      (name) => weights[name] ?? 1,
    );
  expect(Array.from({ length: 8 }, () => turn()).join('')).toBe('aaabccaa');
  // In the middle of its turns it is passed over once.
  expect(turn('a')).toBe('b');
  expect(turn()).toBe('a');
  // It has given all that it had, and the others go on.
  expect(Array.from({ length: 8 }, () => turn()).join('')).toBe('ccbccbbb');
});
