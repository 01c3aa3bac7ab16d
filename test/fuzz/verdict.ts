import { performance } from 'node:perf_hooks';
import { expect } from '@jest/globals';
import { SEED } from './mutate.js';

/** Longest that one input may hold the loop, in milliseconds. */
const LONGEST = 50;
const TRIES = 4;

const shown = (input: unknown): string => {
  const text = typeof input === 'string' ? input : (JSON.stringify(input) ?? String(input));
  return text.length > 500 ? `${text.slice(0, 500)}… (${text.length})` : text;
};

/** What went wrong, with what it takes to see it again. A few are enough. */
export class Complaints {
  readonly #found: string[] = [];
  readonly #seen = new Map<string, number>();
  cases = 0;

  constructor(readonly boundary: string) {}

  add(input: unknown, what: string): void {
    if (this.#found.length < 5)
      this.#found.push(`case ${this.cases} of seed ${SEED}: ${what}: ${shown(input)}`);
  }

  /** One more outcome of a kind. */
  saw(kind: string): void {
    this.#seen.set(kind, (this.#seen.get(kind) ?? 0) + 1);
  }

  /** Each of these kinds came up, so that what was looked at is not all of one. */
  expectSeen(...kinds: readonly string[]): void {
    const seen = Object.fromEntries(this.#seen);
    expect({
      boundary: this.boundary,
      seen,
      unseen: kinds.filter((kind) => seen[kind] === undefined),
    }).toEqual({
      boundary: this.boundary,
      seen,
      unseen: [],
    });
  }

  /** Nobody reached a prototype, and nothing was complained of. */
  settle(least: number): void {
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(this.#found).toEqual([]);
    expect(this.cases).toBeGreaterThanOrEqual(least);
  }
}

/**
 * Runs synchronous work, and says when it held the loop too long. Asked again before that is believed: the machine may
 * have been busy.
 */
export function timed<T>(work: () => T, tooLong: (ms: number) => void): T {
  let least = Infinity;
  for (let tries = 1; ; tries += 1) {
    const started = performance.now();
    try {
      return work();
    } finally {
      least = Math.min(least, performance.now() - started);
      if (least > LONGEST && tries === TRIES) tooLong(least);
      // oxlint-disable-next-line no-unsafe-finally -- a result that came too late is asked for again
      if (least > LONGEST && tries < TRIES) continue;
    }
  }
}
