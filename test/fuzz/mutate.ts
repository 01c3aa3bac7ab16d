import { Random } from '../simulation/random.js';
import { hostileStrings, hostileValues, hugeObjects } from './hostile.js';

/** The same cases for the same seed; another seed looks elsewhere. */
export const SEED = Number(process.env['FUZZ_SEED'] ?? 1);
/** Cases at each boundary. */
export const CASES = Number(process.env['FUZZ_CASES'] ?? 10_000);
/** How long a test may take: ten minutes, or 60 ms for each case where there are more. */
export const MOST_MS = Math.max(600_000, CASES * 60);

/** Each case draws for itself: it is the same whatever ran beside it. `boundary` tells one test's cases from another's. */
export const draws = (boundary: number, index: number): Random =>
  new Random(
    Math.imul(SEED, 0x9e3779b1) ^ Math.imul(boundary, 0x85ebca77) ^ Math.imul(index + 1, 0xc2b2ae3d),
  );

const HUGE = 0.002;
const hostile = (random: Random): unknown =>
  copy(random.pick(random.chance(HUGE) ? hugeObjects : hostileValues));

type Container = Record<string | number, unknown>;

type Place = readonly [container: Container, key: string | number];

/** Places in a value, down to a depth: what was put in by an earlier change may be huge. */
function places(value: unknown, depth = 20, found: Place[] = []): Place[] {
  if (typeof value !== 'object' || value === null || depth === 0 || found.length > 2_000) return found;
  const keys = Array.isArray(value) ? value.map((_, at) => at) : Object.keys(value);
  for (const key of keys) {
    found.push([value as Container, key]);
    places((value as Container)[key], depth - 1, found);
  }
  return found;
}

function remove(container: Container, key: string | number): void {
  if (Array.isArray(container)) container.splice(Number(key), 1);
  else delete container[key];
}

/** A copy, so that nothing comes to contain itself and the corpus stays as it is. */
const copy = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? (structuredClone(value) as unknown) : value;

const put = (container: Container, key: string | number, value: unknown): unknown =>
  Object.defineProperty(container, key, { value, enumerable: true, configurable: true, writable: true });

/** A valid value with one to three things about it changed: replaced, taken away, added, doubled, or swapped. */
export function mutated<T>(random: Random, valid: T): unknown {
  const root = { value: structuredClone(valid) as unknown };
  for (let changes = random.whole(1, 3); changes > 0; changes -= 1) {
    const [container, key] = random.pick(places(root));
    switch (random.whole(0, 6)) {
      case 0:
      case 1:
      case 2:
        put(container, key, hostile(random));
        break;
      case 3:
        if (container !== (root as Container)) remove(container, key);
        break;
      case 4:
        put(
          container,
          Array.isArray(container) ? container.length : random.pick(hostileStrings),
          hostile(random),
        );
        break;
      case 5:
        put(container, key, [container[key], container[key]]);
        break;
      default: {
        const [other, place] = random.pick(places(root));
        put(container, key, copy(other[place]));
      }
    }
  }
  return root.value;
}

/** Bytes with one to four things about them changed. */
export function mutatedBytes(random: Random, valid: Uint8Array): Buffer<ArrayBuffer> {
  let bytes = Buffer.from(valid);
  for (let changes = random.whole(1, 4); changes > 0; changes -= 1) {
    const at = random.whole(0, bytes.length);
    const length = random.whole(1, random.chance(0.2) ? bytes.length + 1 : 16);
    const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
    switch (random.whole(0, 5)) {
      case 0:
        if (at < bytes.length) bytes[at] = (bytes[at] ?? 0) ^ (1 << random.whole(0, 7));
        break;
      case 1:
        bytes = Buffer.from(before);
        break;
      case 2:
        bytes = Buffer.concat([before, after.subarray(length)]);
        break;
      case 3:
        bytes = Buffer.concat([before, Buffer.from(random.pick(hostileStrings)), after]);
        break;
      case 4:
        bytes = Buffer.concat([before, after.subarray(0, length), after]);
        break;
      default:
        bytes = Buffer.concat([
          before,
          Buffer.from(Array.from({ length: 8 }, () => random.whole(0, 255))),
          after,
        ]);
    }
  }
  return bytes;
}
