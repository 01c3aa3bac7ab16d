import type { Named } from './name-of.js';

/** Deliveries by name, of what comes after a position. */
export type Wider = (after: number) => AsyncGenerator<Named>;

type Job = { readonly open: Wider; after: number };

/**
 * What an endpoint asks for since its words changed, and what had passed by the words of before: change by change. A
 * version of the endpoint is settled once all of that is asked for; what was not is found again by the next life.
 */
export class Widening {
  readonly #jobs: Job[] = [];
  #open: AsyncGenerator<Named> | undefined;
  #next: Named | undefined;
  #heard = 0;

  constructor(
    /** The version that was settled by an earlier life; undefined: not known. */
    private settled: number | undefined,
  ) {}

  /** Undefined: none is known to be. */
  get version(): number | undefined {
    return this.settled;
  }

  /** Its words are those of this version now; `wider`: what that asks for of what has passed. */
  heard(version: number, wider?: Wider): void {
    this.#heard = Math.max(this.#heard, version);
    if (wider !== undefined) this.#jobs.push({ open: wider, after: 0 });
    this.#settle();
  }

  /** The same one until it is told; undefined: there is none left. What fails is begun again behind what was told. */
  async next(): Promise<Named | undefined> {
    while (this.#next === undefined) {
      const [job] = this.#jobs;
      if (job === undefined) return undefined;
      this.#open ??= job.open(job.after);
      try {
        const { value, done } = await this.#open.next();
        if (done !== true) this.#next = value;
        else this.#end();
      } catch (error) {
        this.#open = undefined;
        throw error;
      }
    }
    return this.#next;
  }

  told(): void {
    const [job] = this.#jobs;
    if (job !== undefined && this.#next !== undefined) job.after = this.#next.position;
    this.#next = undefined;
  }

  #end(): void {
    this.#open = undefined;
    this.#jobs.shift();
    this.#settle();
  }

  #settle(): void {
    if (this.#jobs.length === 0) this.settled = Math.max(this.settled ?? 0, this.#heard);
  }
}
