import type { Instant, Millis } from '#lib/domain/kernel';
import { LONGEST_SLEEP, type Environment } from '#lib/ports';

/** What the machine gives to its processes. */
type Parts = Pick<Environment, 'random' | 'ids'>;
type Time = {
  readonly monotonic: Millis;
  now(): Instant;
  after(delay: Millis, callback: () => void): () => void;
  soon(callback: () => void): void;
};

/**
 * A process of the virtual machine. Whatever reaches it from outside, its timers and the answers of its ports, comes
 * through here: to a stopped process when it goes on, to a dead one never.
 */
export class Process {
  readonly environment: Environment;
  #state: 'running' | 'stopped' | 'dead' = 'running';
  #held: (() => void)[] = [];
  #mourners: (() => void)[] = [];
  /** Crossings of its ports until it dies; undefined: it lives on. */
  #fuse: number | undefined;

  constructor(machine: Time, skew: Millis, parts: Parts) {
    const heard = (callback: () => void) => (): void => this.hear(callback);
    this.environment = {
      ...parts,
      clock: { now: () => machine.now() + skew, monotonic: () => machine.monotonic },
      timers: {
        after: (delay, callback) => machine.after(Math.min(Math.ceil(delay), LONGEST_SLEEP), heard(callback)),
        soon: (callback) => machine.soon(heard(callback)),
      },
    };
  }

  get alive(): boolean {
    return this.#state !== 'dead';
  }

  get running(): boolean {
    return this.#state === 'running';
  }

  hear(what: () => void): void {
    if (this.#state === 'running') what();
    else if (this.#state === 'stopped') this.#held.push(what);
  }

  /** What is on its way from one of its ports; a crash may come right before it arrives. */
  answer<T>(outcome: Promise<T>): Promise<T> {
    this.cross();
    return new Promise<T>((resolve, reject) => {
      outcome.then(
        (value) => {
          this.cross();
          this.hear(() => resolve(value));
        },
        (error: unknown) => this.hear(() => reject(error as Error)),
      );
    });
  }

  /** One step over the border of the process: where a lit fuse may end. */
  cross(): void {
    if (this.#fuse === undefined) return;
    this.#fuse -= 1;
    if (this.#fuse <= 0) this.kill();
  }

  light(fuse: number): void {
    this.#fuse = fuse;
  }

  /** As SIGSTOP does. */
  stop(): void {
    if (this.#state === 'running') this.#state = 'stopped';
  }

  continue(): void {
    if (this.#state !== 'stopped') return;
    this.#state = 'running';
    for (const what of this.#held.splice(0)) this.hear(what);
  }

  onDeath(mourn: () => void): void {
    this.#mourners.push(mourn);
  }

  kill(): void {
    if (this.#state === 'dead') return;
    this.#state = 'dead';
    this.#held = [];
    for (const mourn of this.#mourners.splice(0)) mourn();
  }
}
