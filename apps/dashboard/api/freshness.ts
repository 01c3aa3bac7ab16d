/**
 * Read your own writes: every command answers a log position, and reads that follow wait for it. What others do is seen
 * when the read model has it.
 */
let written: number | undefined;

export function noteWritten(position: number | undefined): void {
  if (position !== undefined && position > (written ?? -1)) written = position;
}

/** The log was replaced by an older one: positions of the other mean nothing in it. */
export function forgetWritten(): void {
  written = undefined;
}

/** Those that say how far they have come. */
const WAITING =
  /^\/v1\/(schedules|schedules\/[^/]+|runs|runs\/[^/]+|conflicts|providers|stats|statistics|report|connections(\/[^/]+)?|bulk-changes(\/[^/]+)?|webhooks(\/[^/]+(\/deliveries)?)?)$/;

export function withPosition(path: string): string {
  const [place = '', query] = path.split('?');
  if (written === undefined || !WAITING.test(place)) return path;
  return `${place}?${query === undefined ? '' : `${query}&`}atLeast=${written}`;
}
