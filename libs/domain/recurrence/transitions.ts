import type { Instant } from '#lib/domain/kernel';
import { between } from './ranges.js';
import type { Recurrence } from './recurrence.js';
import { isoDate, isoTime } from './wall-time.js';
import { wallRuleOf } from './wall-rule.js';
import { zoneOf, type Segment } from './zone.js';

export type AffectedTime = {
  /** Local date and wall time that the rule names. */
  readonly date: string;
  readonly localTime: string;
  readonly kind: 'gap' | 'fold';
  /** When it is due under the policy: none, one, or both. */
  readonly instants: readonly Instant[];
};

const PER_TRANSITION = 5;

/** The times of a rule that clocks going forward or back touch in (from, to], and what becomes of them. */
export function affectedByTransitions(
  recurrence: Recurrence,
  from: Instant,
  to: Instant,
): readonly AffectedTime[] {
  const rule = wallRuleOf(recurrence);
  if (rule === undefined || rule.elapsed) return [];
  const zone = zoneOf(recurrence.zone);
  const affected: AffectedTime[] = [];
  let segment: Segment = zone.segmentAt(from);
  while (segment.until <= to) {
    segment = zone.segmentAt(segment.until);
    const length = Math.abs(segment.shift);
    // On the wall the gap begins where the old offset ended; the fold, where the new one began.
    const start = segment.from + segment.offset - Math.max(segment.shift, 0);
    let wall = rule.nextWall(start - 1);
    for (let count = 0; wall !== undefined && wall < start + length && count < PER_TRANSITION; count += 1) {
      affected.push({
        date: isoDate(wall),
        localTime: isoTime(wall),
        kind: segment.shift > 0 ? 'gap' : 'fold',
        instants: dueAt(recurrence, segment, wall),
      });
      wall = rule.nextWall(wall);
    }
  }
  return affected;
}

function dueAt(recurrence: Recurrence, segment: Segment, wall: number): readonly Instant[] {
  const candidates = [wall - (segment.offset - segment.shift), wall - segment.offset].sort((a, b) => a - b);
  return candidates.filter((instant) => between(recurrence, instant - 1, instant, 1).instants.length > 0);
}
