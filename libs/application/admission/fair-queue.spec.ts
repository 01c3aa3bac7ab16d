import { describe, expect, test } from '@jest/globals';
import { FairQueue, type Claimant } from './fair-queue.js';

type Entry = Claimant & { readonly n: number };

const entry = (n: number, of: Partial<Claimant> = {}): Entry => ({
  tenant: 'acme',
  user: 'ann',
  connection: 'c-1',
  n,
  ...of,
});
const anybody = (): boolean => true;
const all = (queue: FairQueue<Entry>, free: (entry: Entry) => boolean = anybody): number[] => {
  const taken: number[] = [];
  for (let next = queue.take(free); next !== undefined; next = queue.take(free)) taken.push(next.n);
  return taken;
};
const numbers = (count: number): number[] => Array.from({ length: count }, (_, n) => n);

describe('a queue', () => {
  test('given hundreds of one connection, each comes once, in its order, whatever left before its turn', () => {
    const gone = (n: number): boolean => n % 7 === 3;
    const queue = new FairQueue<Entry>(({ n }) => !gone(n));
    for (const n of numbers(300)) queue.push(entry(n));
    const first = numbers(150).map(() => queue.take(anybody)?.n);
    for (const n of numbers(100)) queue.push(entry(300 + n));
    expect([...first, ...all(queue)]).toEqual(numbers(400).filter((n) => !gone(n)));
    expect(queue.take(anybody)).toBeUndefined();
    queue.push(entry(400));
    expect(all(queue)).toEqual([400]);
  });

  test('given that what is next is not free, it is passed over and keeps its place', () => {
    const queue = new FairQueue<Entry>(anybody);
    queue.push(entry(1));
    queue.push(entry(2));
    queue.push(entry(3, { connection: 'c-2' }));
    expect(queue.take(({ connection }) => connection !== 'c-1')?.n).toBe(3);
    expect(queue.take(({ connection }) => connection !== 'c-1')).toBeUndefined();
    expect(all(queue)).toEqual([1, 2]);
  });

  test('given a tenant that has all it may, nobody of it is asked, and it goes on with the rest of its turns', () => {
    let open = true;
    const shares = { open: (tenant: string) => open || tenant !== 'acme', weight: () => 2 };
    const queue = new FairQueue<Entry>(anybody, shares);
    for (const n of numbers(6)) queue.push(entry(n, { connection: `c-${n}` }));
    for (const n of numbers(3)) queue.push(entry(10 + n, { tenant: 'bolt', connection: `c-${n}` }));
    expect(queue.take(anybody)?.n).toBe(0);
    open = false;
    const asked: string[] = [];
    const heard = ({ tenant }: Entry): boolean => asked.push(tenant) > 0;
    expect(queue.take(heard)?.n).toBe(10);
    expect(asked).toEqual(['bolt']);
    open = true;
    // The second of its two, then the second of theirs, and so on.
    expect(all(queue)).toEqual([1, 11, 2, 3, 12, 4, 5]);
  });

  test('given nobody of whom anything is said, tenants, users and connections have one turn each', () => {
    const queue = new FairQueue<Entry>(anybody);
    for (const n of numbers(3)) queue.push(entry(n, { connection: `c-${n}` }));
    queue.push(entry(3, { user: 'ben' }));
    for (const n of numbers(2)) queue.push(entry(4 + n, { tenant: 'bolt' }));
    expect(all(queue)).toEqual([0, 4, 3, 5, 1, 2]);
  });
});
