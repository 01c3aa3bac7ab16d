import { DAY, iso } from '#lib/domain/kernel';
import { between, clocksChange } from '#lib/domain/recurrence';
import { error, warning } from './finding.js';
import { inWords } from './in-words.js';
/** What is looked at for gaps that are too small: so many occurrences, and a month of them, for each week may be another. */ const LOOK_AHEAD = 50;
const LOOK_AHEAD_MS = 32 * DAY;
/** As often as daily times can be: whoever is due more often shows it sooner. */ const LOOK_AHEAD_MOST = 32 * 96;
/** Clocks have been moved by up to a day (Samoa, 2011), and times that do not exist then by as much. */ const AROUND = DAY;
/** What it will be due at; dates left out are looked at too: they pass. */ function instantsAhead({ recurrence }, now) {
    const always = {
        ...recurrence,
        excludedDates: []
    };
    const near = between(always, now, Number.MAX_SAFE_INTEGER, LOOK_AHEAD).instants;
    const last = near.at(-1);
    if (last === undefined || near.length < LOOK_AHEAD) return near;
    const until = (near[0] ?? now) + LOOK_AHEAD_MS;
    return [
        ...near,
        ...between(always, last, until, LOOK_AHEAD_MOST - LOOK_AHEAD).instants
    ];
}
const shorter = (a, b)=>b.length < a.length ? b : a;
const longer = (a, b)=>b.length > a.length ? b : a;
const gapsOf = (instants)=>instants.slice(1).map((to, index)=>{
        const from = instants[index] ?? to;
        return {
            from,
            to,
            length: to - from
        };
    });
/**
 * Occurrences that are too close together, or too far apart. Nights in which clocks change are judged apart: what lies
 * close together only then is told, and refused neither in the weeks before such a night nor in any others.
 */ export function spacing(definition, facts) {
    const gaps = gapsOf(instantsAhead(definition, facts.now));
    const [first, last] = [
        gaps[0],
        gaps.at(-1)
    ];
    if (first === undefined || last === undefined) return [];
    const usual = ({ from, to })=>!clocksChange(definition.recurrence, from - AROUND, to + AROUND);
    // For most of the year none of them has to be looked at by itself.
    const apart = usual({
        ...first,
        to: last.to
    }) ? gaps : gaps.filter(usual);
    const judged = apart.length > 0 ? apart : gaps;
    return [
        ...tooClose(definition, facts, {
            usual: judged.reduce(shorter),
            least: gaps.reduce(shorter)
        }),
        ...meetsItself(definition, facts, gaps.reduce(shorter)),
        ...losesData(definition, facts, gaps.reduce(longer))
    ];
}
function tooClose({ provider }, { quotas: { minimumIntervalMs } }, { usual, least }) {
    const allows = `${provider} allows every ${inWords(minimumIntervalMs)} at most`;
    const when = ({ from, to })=>`(${iso(from)}, ${iso(to)})`;
    if (usual.length < minimumIntervalMs) return [
        error('quota', 'interval_too_short', 'recurrence', `due every ${inWords(usual.length)} ${when(usual)}; ${allows}`)
    ];
    if (least.length >= minimumIntervalMs) return [];
    return [
        warning('quota', 'interval_short_once', 'recurrence', `where clocks change, two lie ${inWords(least.length)} apart ${when(least)}; ${allows}`)
    ];
}
function meetsItself(definition, facts, least) {
    const { expectedDurationMs, overlap } = definition;
    const duration = expectedDurationMs ?? facts.observedDurationMs;
    if (duration === undefined || duration <= least.length) return [];
    const told = expectedDurationMs === undefined ? 'runs have taken' : 'runs are expected to take';
    const [first, second] = [
        iso(least.from),
        iso(least.to)
    ];
    return [
        warning('overlap', 'overlaps_itself', 'recurrence', `${told} ${inWords(duration)}, but ${first} and ${second} are ${inWords(least.length)} apart: the second meets the overlap policy (${overlap})`, {
            first,
            second
        })
    ];
}
function losesData({ operation, provider }, { freshnessMs }, most) {
    if (freshnessMs === undefined || operation !== 'incremental_sync' || most.length <= freshnessMs) return [];
    return [
        warning('integrity', 'data_may_be_lost', 'recurrence', `${provider} keeps only recent data: with ${inWords(most.length)} between runs some is lost; run at least every ${inWords(freshnessMs)}`)
    ];
}

//# sourceMappingURL=spacing.js.map