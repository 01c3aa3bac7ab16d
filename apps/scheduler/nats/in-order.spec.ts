import { expect, test } from '@jest/globals';
import { InOrder } from './in-order.js';

/** What was decided and given back, in turn; `answers`: whether each is decided, in the order in which it is asked. */
function rig() {
  let now = 0;
  const told: string[] = [];
  const inOrder = new InOrder(() => now);
  const take = (about: string | undefined, place: number, decided: boolean | Promise<boolean> = true) =>
    inOrder.take(about, place, {
      decide: async () => {
        told.push(`${place} asked`);
        const answer = await decided;
        told.push(answer ? `${place} decided` : `${place} back`);
        return answer;
      },
      giveBack: () => void told.push(`${place} too early`),
    });
  return { take, told, pass: (ms: number) => void (now += ms) };
}

test('given one that takes long, the next about the same thing waits, others do not', async () => {
  const { take, told } = rig();
  const slow = Promise.withResolvers<boolean>();
  const all = [take('a', 1, slow.promise), take('a', 2), take('b', 3), take(undefined, 4)];
  await Promise.all(all.slice(2));
  expect(new Set(told)).toEqual(new Set(['1 asked', '3 asked', '3 decided', '4 asked', '4 decided']));
  slow.resolve(true);
  await Promise.all(all);
  expect(told.slice(-3)).toEqual(['1 decided', '2 asked', '2 decided']);
});

test('given one that is given back, those after it are too, until it was decided', async () => {
  const { take, told } = rig();
  await Promise.all([take('a', 1, false), take('a', 2), take('b', 3)]);
  await take('a', 4);
  await take('a', 2);
  await take('a', 1);
  for (const place of [4, 2, 4]) await take('a', place);
  expect(told.filter((line) => !/asked|^3/.test(line))).toEqual([
    '1 back',
    '2 too early',
    '4 too early',
    '2 too early',
    '1 decided',
    '4 too early',
    '2 decided',
    '4 decided',
  ]);
});

test('given one that never comes again, the others go on after a while', async () => {
  const { take, told, pass } = rig();
  await take('a', 1, false);
  pass(61_000);
  await take('a', 2);
  expect(told.at(-1)).toBe('2 decided');
});
