/** Instants as people read them: in a zone that is named, with the instant itself in UTC for whoever asks. */

export const ownZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone} ${JSON.stringify(options)}`;
  let format = formats.get(key);
  if (format === undefined) {
    // A zone that this browser does not know is shown as UTC, and said to be.
    format = new Intl.DateTimeFormat('en-GB', { timeZone: knownZone(zone), hourCycle: 'h23', ...options });
    formats.set(key, format);
  }
  return format;
}

export function knownZone(zone: string): string {
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: zone });
    return zone;
  } catch {
    return 'UTC';
  }
}

const DAY = { weekday: 'short', day: 'numeric', month: 'short' } as const;
const MINUTES = { hour: '2-digit', minute: '2-digit' } as const;
const SECONDS = { ...MINUTES, second: '2-digit' } as const;

const dayOf = (zone: string, at: number): string =>
  formatOf(zone, { day: 'numeric', month: 'short', year: 'numeric' }).format(at);

/** `today, 18:03:26`, `Sat 28 Nov, 03:00`, `Mon 3 Jan 2028, 03:00`. Seconds where there are some, or always if `exact`. */
export function inZone(instant: string, zone: string, now: number, exact = false): string {
  const at = Date.parse(instant);
  const time = formatOf(zone, !exact && at % 60_000 === 0 ? MINUTES : SECONDS).format(at);
  if (dayOf(zone, at) === dayOf(zone, now)) return `today, ${time}`;
  const sameYear = dayOf(zone, at).slice(-4) === dayOf(zone, now).slice(-4);
  const day = formatOf(zone, sameYear ? DAY : { ...DAY, year: 'numeric' }).format(at);
  return `${day.replace(',', '')}, ${time}`;
}

/** `2026-11-27 17:03:26.947 UTC` */
export const inUtc = (instant: string): string =>
  `${new Date(instant).toISOString().replace('T', ' ').replace('Z', '').replace('.000', '')} UTC`;

export const clockTime = (at: number): string => formatOf(ownZone, SECONDS).format(at);
export const hourOf = (instant: string): string => formatOf(ownZone, MINUTES).format(Date.parse(instant));
export const dateOnly = (instant: string): string =>
  formatOf('UTC', { day: 'numeric', month: 'short', year: 'numeric' }).format(Date.parse(instant));

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
] as const;

/** `in 5 min`, `12 s ago`, `now`: one unit, rounded down. */
export function relative(instant: string, now: number): string {
  const away = Date.parse(instant) - now;
  for (const [unit, ms] of units) {
    const count = Math.floor(Math.abs(away) / ms);
    if (count > 0) return away > 0 ? `in ${count} ${unit}` : `${count} ${unit} ago`;
  }
  return 'now';
}

/** `850 ms`, `4.2 s`, `3 min 5 s`, `2 h 10 min` */
export function lasting(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 10_000) return `${Math.round(ms / 100) / 10} s`;
  const parts: string[] = [];
  let rest = Math.round(ms / 1_000) * 1_000;
  for (const [unit, length] of units) {
    const count = Math.floor(rest / length);
    rest -= count * length;
    if (count > 0) parts.push(`${count} ${unit}`);
    else if (parts.length > 0) break;
  }
  return parts.slice(0, 2).join(' ');
}

const DURATION =
  /^P(?:(\d+(?:\.\d+)?)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/** Milliseconds of `PT15M` or of whole seconds. */
export function lengthOf(duration: string | number): number {
  if (typeof duration === 'number') return duration * 1_000;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = (DURATION.exec(duration) ?? [])
    .slice(1)
    .map((text) => Number(text ?? 0));
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000;
}

/** `PT15M` as `15 min`. */
export const span = (duration: string | number): string => lasting(lengthOf(duration));
