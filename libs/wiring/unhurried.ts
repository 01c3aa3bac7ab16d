import { giveWay } from '#lib/application/relay';
import type { Millis } from '#lib/domain/kernel';

/** News of a calm log waits so long: what a due run has to store comes first, on few cores. */
const SOON: Millis = 20;

/**
 * Holds back the news of the log from whoever folds it: for a moment while little comes, and for two seconds at most
 * while much does. What came and went meanwhile is folded in one go, and runs have the processor for themselves while
 * they start. Who waits for a position gets it at once.
 *
 *     calm ──(news)──► soon ──(little came: passed on)──► calm
 *                        └──(much came)──► looking ──(little came, or two seconds are over: passed on)──► calm
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
    this.#looked = this.#passed;
    this.#since = performance.now();
    this.#timer = setTimeout(() => this.#look(), SOON);
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
    const { positions, longestMs, lookMs } = giveWay;
    const busy = this.#known - this.#looked >= positions && performance.now() - this.#since < longestMs;
    if (!busy) return this.hurry();
    this.#looked = this.#known;
    this.#timer = setTimeout(() => this.#look(), lookMs);
  }
}
