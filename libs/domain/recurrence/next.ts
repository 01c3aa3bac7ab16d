import type { Instant } from '#lib/domain/kernel';
import { exclusionsOf, type Exclusions } from './exclusions.js';
import type { Recurrence } from './recurrence.js';
import { wallRuleOf, type WallRule } from './wall-rule.js';
import { zoneOf, type Segment, type Zone } from './zone.js';

/**
 * From wall-clock rules to instants.
 *
 * Time in a zone is a row of segments with a fixed offset. Inside one, the next wall time that the rule names is the
 * next instant. At a segment's edges the policies come in:
 *
 * - after a fold the same wall times come again: a rule of fixed times takes the first pass, the last, or both;
 * - after a gap some wall times never came: `shift` moves them forward by the gap's length (RFC 5545 3.3.5, and what
 *   Temporal calls `compatible`), `skip` leaves them out. A shifted time that meets another one is one occurrence;
 * - a rule of elapsed time (hourly, wildcard cron) is due at every real step: both passes, and nothing in a gap.
 *
 * Blackouts and excluded dates are judged by the wall time at the instant, and jumped rather than stepped through.
 * The work of one call is bounded by CANDIDATES and HORIZON: beyond them the answer is "never again".
 */
const CANDIDATES = 2_000;
const HORIZON_MS = 45 * 366 * 86_400_000;
/** Nothing is due from the year 2400 on: zone rules and cron libraries alike stop making sense before. */
const END_OF_TIME = Date.UTC(2400, 0, 1);

type Compiled = {
  readonly zone: Zone;
  readonly rule: WallRule | undefined;
  readonly exclusions: Exclusions;
  readonly memo: Map<Instant, Instant | undefined>;
};

const MEMO = 64;
const compiledOf = new WeakMap<Recurrence, Compiled>();
const byText = new Map<string, Compiled>();
const TEXTS_KEPT = 2_000;

/** Compiled once per definition, and shared by equal ones: ten thousand schedules of one kind ask the same question. */
function compile(recurrence: Recurrence): Compiled {
  const known = compiledOf.get(recurrence);
  if (known !== undefined) return known;
  const text = JSON.stringify(recurrence);
  let compiled = byText.get(text);
  if (compiled === undefined) {
    compiled = {
      zone: zoneOf(recurrence.zone),
      rule: wallRuleOf(recurrence),
      exclusions: exclusionsOf(recurrence),
      memo: new Map(),
    };
    if (byText.size >= TEXTS_KEPT) byText.clear();
    byText.set(text, compiled);
  }
  compiledOf.set(recurrence, compiled);
  return compiled;
}

/** The first nominal instant strictly later than `after`; undefined when there is none any more. */
export function next(recurrence: Recurrence, after: Instant): Instant | undefined {
  const compiled = compile(recurrence);
  const { memo } = compiled;
  if (memo.has(after)) return memo.get(after);
  const found = search(recurrence, compiled, after);
  if (memo.size >= MEMO) memo.delete(memo.keys().next().value ?? 0);
  memo.set(after, found);
  return found;
}

function search(
  recurrence: Recurrence,
  { zone, rule, exclusions }: Compiled,
  after: Instant,
): Instant | undefined {
  if (exclusions.everything || !Number.isFinite(after)) return undefined;
  let bound = recurrence.start === undefined ? after : Math.max(after, recurrence.start - 1);
  const last = Math.min(bound + HORIZON_MS, recurrence.end ?? END_OF_TIME, END_OF_TIME);
  for (let candidates = 0; candidates < CANDIDATES; candidates += 1) {
    const found =
      rule === undefined ? nextInterval(recurrence, bound) : nextOfRule(recurrence, zone, rule, bound, last);
    if (found === undefined || found >= last) return undefined;
    const { offset } = zone.segmentAt(found);
    const excludedUntil = exclusions.end(found + offset);
    if (excludedUntil === undefined) return found;
    bound = jumped(zone, found, excludedUntil, recurrence.frequency === 'interval');
  }
  return undefined;
}

/** Just before the end of an excluded stretch of wall time; an edge of a segment is as far as one jump goes. */
function jumped(zone: Zone, found: Instant, excludedUntil: number, interval: boolean): Instant {
  const { offset, until } = zone.segmentAt(found);
  const end = Math.min(excludedUntil - offset, until);
  return Math.max(interval ? end - 1 : end - 1, found);
}

function nextInterval(recurrence: Recurrence, after: Instant): Instant | undefined {
  if (recurrence.frequency !== 'interval') return undefined;
  const step = recurrence.everySeconds * 1_000;
  return recurrence.anchor + (Math.floor((after - recurrence.anchor) / step) + 1) * step;
}

function nextOfRule(
  recurrence: Recurrence,
  zone: Zone,
  rule: WallRule,
  after: Instant,
  last: Instant,
): Instant | undefined {
  let bound = after;
  while (bound < last) {
    const segment = zone.segmentAt(bound + 1);
    const inside = nextInside(recurrence, zone, rule, segment, bound);
    const shifted = rule.elapsed || recurrence.gap === 'skip' ? undefined : nextShifted(rule, segment, bound);
    if (inside !== undefined || shifted !== undefined)
      return Math.min(inside ?? Infinity, shifted ?? Infinity);
    if (inside === undefined && rule.nextWall(bound + segment.offset) === undefined) return undefined;
    bound = Math.max(segment.until - 1, bound + 1);
  }
  return undefined;
}

/** The next one within the segment, by its own offset, as the fold policy allows. */
function nextInside(
  recurrence: Recurrence,
  zone: Zone,
  rule: WallRule,
  segment: Segment,
  after: Instant,
): Instant | undefined {
  let wall = rule.nextWall(after + segment.offset);
  for (let tries = 0; wall !== undefined && tries < 4; tries += 1) {
    const instant = wall - segment.offset;
    if (instant >= segment.until) return undefined;
    const resume = rule.elapsed ? undefined : endOfRefusedPass(recurrence, zone, segment, instant);
    if (resume === undefined) return instant;
    if (resume >= segment.until) return undefined;
    wall = rule.nextWall(resume - 1 + segment.offset);
  }
  return undefined;
}

/** When an instant lies in the pass of a fold that the policy leaves out: the end of that pass. */
function endOfRefusedPass(
  recurrence: Recurrence,
  zone: Zone,
  segment: Segment,
  instant: Instant,
): Instant | undefined {
  if (recurrence.fold === 'both') return undefined;
  const second = segment.shift < 0 && instant < segment.from - segment.shift;
  if (second) return recurrence.fold === 'first' ? segment.from - segment.shift : undefined;
  if (recurrence.fold === 'first' || !Number.isFinite(segment.until)) return undefined;
  const following = zone.segmentAt(segment.until);
  const first = following.shift < 0 && instant >= segment.until + following.shift;
  return first ? segment.until : undefined;
}

/** The next wall time that fell into the gap before this segment, moved forward by the gap's length. */
function nextShifted(rule: WallRule, segment: Segment, after: Instant): Instant | undefined {
  if (segment.shift <= 0 || after >= segment.from + segment.shift) return undefined;
  const before = segment.offset - segment.shift;
  // The gap on the wall: from where the old offset left off, `shift` long.
  const gapStart = segment.from + before;
  const wall = rule.nextWall(Math.max(gapStart - 1, after + before));
  if (wall === undefined || wall >= gapStart + segment.shift) return undefined;
  return wall - before;
}
