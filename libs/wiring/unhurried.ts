import type { Millis } from '#lib/domain/kernel';

/** How often it is looked whether the log still grows. */
const LOOK: Millis = 100;
/** Positions within one look: fewer are no load. */
const BUSY = 100;
/** The longest that anything is held back. */
const LONGEST: Millis = 2_000;

/**
 * Holds back the news of a log that grows fast, for two seconds at most: what came and went meanwhile is then folded in
 * one go, and a herd of runs has the processor for itself while it starts. On a quiet log news passes at once.
 *
 *     calm ──(news: passed on)──► looking ──(little came, or two seconds are over: passed on)──► calm
 */
export class Unhurried {
  #known = 0;
  #passed = 0;
  #looked = 0;
  #since = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly pass: (head: number) => void) {}

  news(head: number): void {
    this.#known = head;
    if (this.#timer !== undefined) return;
    this.hurry();
    this.#looked = head;
    this.#since = performance.now();
    this.#timer = setTimeout(() => this.#look(), LOOK);
  }

  /** Somebody waits: everything known is passed on now. */
  hurry(): void {
    if (this.#passed === this.#known) return;
    this.#passed = this.#known;
    this.pass(this.#known);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.hurry();
  }

  #look(): void {
    this.#timer = undefined;
    const busy = this.#known - this.#looked >= BUSY && performance.now() - this.#since < LONGEST;
    if (busy) {
      this.#looked = this.#known;
      this.#timer = setTimeout(() => this.#look(), LOOK);
      return;
    }
    if (this.#passed !== this.#known) this.news(this.#known);
  }
}
