/**
 * From wall-clock rules to instants.
 *
 * Time in a zone is a row of segments with a fixed offset. Inside one, the next wall time that the rule names is the
 * next instant. At a segment's edges the policies come in:
 *
 * - after a fold the same wall times come again: a rule of fixed times takes the first pass, the last, or both;
 * - after a gap some wall times never came: `shift` moves them forward by the gap's length (RFC 5545 3.3.5, and what
 *   Temporal calls `compatible`), `skip` leaves them out. A shifted time that meets another one is one occurrence;
 * - a rule of elapsed time (hourly, wildcard cron) is due whenever the wall clock reads one of its times: in both
 *   passes, and never in a gap. Where clocks move by half an hour (Lord Howe) minute 45 so comes 30 minutes apart once
 *   a year, and 90 minutes apart for a minute that falls into the gap.
 *
 * A gap of a whole day (Samoa, 30 December 2011) is a gap like any other: that day's times move to the day after,
 * where they meet that day's own.
 */ const TWO_DAYS = 2 * 86_400_000;
/** The first instant strictly after at which the rule is due; the search ends at `last`, the answer may lie beyond. */ export function nextOnWall(asked, rule, after, last) {
    const shifts = !rule.elapsed && asked.recurrence.gap === 'shift';
    let bound = Math.floor(after);
    while(bound < last){
        const segment = asked.zone.segmentAt(bound + 1);
        const inside = nextInside(asked, rule, segment, bound);
        const shifted = shifts ? nextShifted(rule, segment, bound) : undefined;
        if (inside !== undefined || shifted !== undefined) return Math.min(inside ?? Infinity, shifted ?? Infinity);
        const wall = rule.nextWall(bound + segment.offset);
        if (wall === undefined) return undefined;
        bound = Math.max(segment.until - 1, emptyUntil(segment, bound, wall));
    }
    return undefined;
}
/**
 * The segment has nothing, and the rule's next wall time is far off: how far nothing is due in any later segment.
 * Offsets differ by 26 hours at most. No jump when the end of this segment is near, where a fold may bring back wall
 * times that lie before the one that is next.
 */ const emptyUntil = (segment, bound, wall)=>segment.until - bound > TWO_DAYS ? wall - segment.offset - TWO_DAYS : bound;
/** The next one within the segment, by its own offset, as the fold policy allows. */ function nextInside(asked, rule, segment, after) {
    let wall = rule.nextWall(after + segment.offset);
    while(wall !== undefined){
        const instant = wall - segment.offset;
        if (!(instant < segment.until)) return undefined;
        const resume = rule.elapsed ? undefined : endOfRefusedPass(asked, segment, instant);
        if (resume === undefined) return instant;
        // Always later than `instant`: each turn moves on, and a segment has two such passes at most.
        wall = rule.nextWall(resume - 1 + segment.offset);
    }
    return undefined;
}
/** When an instant lies in the pass of a fold that the policy leaves out: the end of that pass. */ function endOfRefusedPass({ recurrence, zone }, segment, instant) {
    if (recurrence.fold === 'both') return undefined;
    if (recurrence.fold === 'first') {
        const endOfSecond = segment.from - Math.min(segment.shift, 0);
        return instant < endOfSecond ? endOfSecond : undefined;
    }
    if (segment.until === Infinity || segment.until - instant > TWO_DAYS) return undefined;
    const following = zone.segmentAt(segment.until);
    return following.shift < 0 && instant >= segment.until + following.shift ? segment.until : undefined;
}
/** The next wall time that fell into the gap before this segment, moved forward by the gap's length. */ function nextShifted(rule, segment, after) {
    if (segment.shift <= 0 || after >= segment.from + segment.shift) return undefined;
    const before = segment.offset - segment.shift;
    // The gap on the wall: from where the old offset left off, `shift` long.
    const start = segment.from + before;
    const wall = rule.nextWall(Math.max(start - 1, after + before));
    return wall === undefined || wall >= start + segment.shift ? undefined : wall - before;
}

//# sourceMappingURL=zoned-rule.js.map