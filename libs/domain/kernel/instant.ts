/** An instant in time: milliseconds since 1970-01-01T00:00:00Z, as stored in every event. */
export type Instant = number;

/** A length of time in milliseconds. */
export type Millis = number;

export const SECOND: Millis = 1_000;
export const MINUTE: Millis = 60 * SECOND;
export const HOUR: Millis = 60 * MINUTE;
export const DAY: Millis = 24 * HOUR;

/** Prints an instant as people and APIs read it: ISO 8601 in UTC. */
export const iso = (instant: Instant): string => new Date(instant).toISOString();

/** The earliest of some instants that may be absent; absent when all are. */
export function earliest(...instants: readonly (Instant | undefined)[]): Instant | undefined {
  let least: Instant | undefined;
  for (const instant of instants) {
    if (instant !== undefined && (least === undefined || instant < least)) least = instant;
  }
  return least;
}
