import type { Heartbeat } from '#lib/contracts/messages';
import type { Millis } from '#lib/domain/kernel';
import type { Clock } from '#lib/ports';

/** An executor's process, as its heartbeats tell. */
export type Place = {
  readonly executor: string;
  readonly claim: string;
  providers: readonly string[] | undefined;
  capacity: number;
  /** Attempts that it has from the queue, by its last heartbeat. */
  pulled: number;
  /** Attempts that were given to it, and have not ended. */
  given: number;
  /** It answered the last time that something was sent to it. */
  open: boolean;
  /** Monotonic instant until which it is believed to be there. */
  until: Millis;
};

/**
 * How much room the executors have that take work with its grant. What was given here is counted here, and what they
 * took from the queue as they last said: together it may be too much for a moment, and waits at the executor.
 */
export class Places {
  readonly #places = new Map<string, Place>();
  readonly #given = new Map<string, Place>();

  constructor(
    private readonly clock: Clock,
    /** How long an executor that is not heard is believed to be there. */
    private readonly silence: Millis,
  ) {}

  /** Undefined for an executor of an earlier release, which takes nothing but from the queue. */
  heard(beat: Heartbeat): Place | undefined {
    const { executor, claim, providers, running, asking = [] } = beat;
    const { capacity } = beat.resources;
    if (claim === undefined) return undefined;
    let place = this.#places.get(executor);
    if (place?.claim !== claim) {
      place = { executor, claim, providers, capacity, pulled: 0, given: 0, open: false, until: 0 };
      this.#places.set(executor, place);
    }
    const until = this.clock.monotonic() + this.silence;
    const pulled = [...running, ...asking].filter(({ run }) => this.#given.get(run) !== place).length;
    return Object.assign(place, { providers, capacity, pulled, until });
  }

  /** Whether it answers: who does not gets nothing. */
  answers({ executor, claim }: Pick<Place, 'executor' | 'claim'>, open: boolean): void {
    const place = this.#places.get(executor);
    if (place?.claim === claim) place.open = open;
  }

  /** Whoever has most room for the provider's work. */
  roomiest(provider: string): Place | undefined {
    const now = this.clock.monotonic();
    let best: Place | undefined;
    for (const [executor, place] of this.#places) {
      if (place.until <= now) {
        if (place.until + 10 * this.silence < now) this.#places.delete(executor);
        continue;
      }
      if (!place.open || place.providers?.includes(provider) === false || roomOf(place) <= 0) continue;
      if (best === undefined || roomOf(place) > roomOf(best)) best = place;
    }
    return best;
  }

  /** A place of theirs, held until it is left, or until the run that it is given to is settled. */
  hold(provider: string): Place | undefined {
    const place = this.roomiest(provider);
    if (place !== undefined) place.given += 1;
    return place;
  }

  leave(place: Place): void {
    place.given -= 1;
  }

  give(run: string, place: Place): void {
    this.settled(run);
    this.#given.set(run, place);
  }

  settled(run: string): void {
    const place = this.#given.get(run);
    if (place === undefined) return;
    this.#given.delete(run);
    this.leave(place);
  }
}

const roomOf = ({ capacity, pulled, given }: Place): number => capacity - pulled - given;
