import type { Instant } from '#lib/domain/kernel';
import type { Wall } from './wall-time.js';

/**
 * A stretch of time during which a zone's offset stays the same: [from, until). `shift` is by how much the clocks
 * moved at its beginning: positive for a gap (times that do not exist), negative for a fold (times that exist twice).
 */
export type Segment = {
  readonly from: Instant;
  readonly until: Instant;
  readonly offset: number;
  readonly shift: number;
};

const ZONES_KEPT = 600;
const SEGMENTS_KEPT = 64;
/** Beyond it offsets are taken to stay as they are: rules so far ahead are guesses anyway. */
const LAST_TRANSITION = Date.UTC(2400, 0, 1);

/** Offsets of one IANA zone, remembered by segment: most questions are about the same few months. */
export class Zone {
  readonly #segments: Segment[] = [];

  constructor(readonly name: string) {
    this.#at(0);
  }

  segmentAt(instant: Instant): Segment {
    for (const segment of this.#segments) {
      if (segment.from <= instant && instant < segment.until) return segment;
    }
    const segment = this.#compute(instant);
    this.#segments.unshift(segment);
    if (this.#segments.length > SEGMENTS_KEPT) this.#segments.pop();
    return segment;
  }

  toWall(instant: Instant): Wall {
    return instant + this.segmentAt(instant).offset;
  }

  #at(instant: Instant): Temporal.ZonedDateTime {
    return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(this.name);
  }

  #compute(instant: Instant): Segment {
    const here = this.#at(Math.floor(instant));
    const offset = here.offsetNanoseconds / 1e6;
    // `previous` looks strictly before: a transition that is this very instant begins the segment.
    const previous = this.#at(Math.floor(instant) + 1).getTimeZoneTransition('previous');
    const next = instant >= LAST_TRANSITION ? null : here.getTimeZoneTransition('next');
    const from = previous === null ? Number.NEGATIVE_INFINITY : previous.epochMilliseconds;
    const until = next === null ? Number.POSITIVE_INFINITY : next.epochMilliseconds;
    const before = previous === null ? offset : this.#at(from - 1).offsetNanoseconds / 1e6;
    return { from, until, offset, shift: offset - before };
  }
}

const zones = new Map<string, Zone>();

/** @throws {RangeError} for a name that is no IANA zone; `checkRecurrence` says so beforehand. */
export function zoneOf(name: string): Zone {
  let zone = zones.get(name);
  if (zone === undefined) {
    zone = new Zone(name);
    if (zones.size >= ZONES_KEPT) zones.clear();
    zones.set(name, zone);
  }
  return zone;
}

export const isZone = (name: string): boolean => {
  try {
    zoneOf(name);
    return true;
  } catch {
    return false;
  }
};
