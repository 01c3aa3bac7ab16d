import { iso } from '#lib/domain/kernel';
import { at, present } from './views.js';
/** Numbers as the API shows them: instants by their names, one by one, for what is counted may be named like one. */ export const statsView = ({ nextDue, ...stats })=>({
        ...stats,
        nextDue: nextDue === null ? null : {
            ...nextDue,
            wakeAt: iso(nextDue.wakeAt)
        }
    });
export const bucketView = ({ start, ...bucket })=>({
        start: iso(start),
        ...bucket
    });
export const rangeView = ({ from, to })=>({
        from: iso(from),
        to: iso(to)
    });
const failingView = ({ lastRunAt, ...schedule })=>({
        ...schedule,
        lastRunAt: at(lastRunAt) ?? null
    });
export const reportView = ({ from, to, failing, ...report })=>({
        ...rangeView({
            from,
            to
        }),
        ...report,
        failing: failing.map(failingView)
    });
/** Of charges and usage that are there. */ export const recordView = ({ goneSince: _, firstSeen, lastSeen, ...row })=>({
        ...row,
        firstSeen: iso(firstSeen),
        lastSeen: iso(lastSeen)
    });
export const openRunView = ({ startedAt, deadline, resumeAt, ...run })=>({
        ...run,
        nominal: iso(run.nominal),
        effective: iso(run.effective),
        queuedAt: iso(run.queuedAt),
        ...present({
            startedAt: at(startedAt),
            deadline: at(deadline),
            resumeAt: at(resumeAt)
        })
    });
const rounded = (count)=>Math.round(count * 10) / 10;
const slotView = ({ at: start, due, waiting, lateMs })=>({
        at: iso(start),
        due: rounded(due),
        waiting: rounded(waiting),
        lateMs
    });
/** Quarters of an hour; what is spread over several is due in each by a share. */ export const forecastView = ({ provider, from, until, due, slots, peak, crowdedFrom, calm, capacity, meanRunMs })=>({
        provider,
        from: iso(from),
        until: iso(until),
        due: rounded(due),
        capacity: capacity === undefined ? null : {
            ...capacity,
            startsPerHour: rounded(capacity.startsPerHour)
        },
        meanRunMs: meanRunMs === undefined ? null : Math.round(meanRunMs),
        peak: peak === undefined ? null : slotView(peak),
        crowdedFrom: crowdedFrom === undefined ? null : iso(crowdedFrom),
        calm: calm.map(iso),
        slots: slots.map(slotView)
    });

//# sourceMappingURL=report-views.js.map