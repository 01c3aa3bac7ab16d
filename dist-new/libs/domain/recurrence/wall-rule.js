import { cronOf } from './cron.js';
import { everyDay, monthDates, weekdayDates } from './dates.js';
import { combinedTimes, listedTimes } from './times.js';
import { DAY_MS, dayStart } from './wall-time.js';
const HOURS = Array.from({
    length: 24
}, (_, hour)=>hour);
/** Every one of these times on every one of these dates. */ const rule = (elapsed, dates, times)=>({
        elapsed,
        nextWall (after) {
            const day = dayStart(after);
            const date = dates(day);
            const time = date === day ? times.after(after - day) : undefined;
            if (time !== undefined) return day + time;
            const later = date === day ? dates(day + DAY_MS) : date;
            return later === undefined ? undefined : later + times.first;
        }
    });
/**
 * Undefined for `interval`, which knows no wall clock.
 * @throws for a cron expression that `checkRecurrence` refuses.
 */ export function wallRuleOf(recurrence) {
    switch(recurrence.frequency){
        case 'hourly':
            return rule(true, everyDay, combinedTimes(HOURS, [
                recurrence.minute
            ], [
                0
            ]));
        case 'daily':
            return rule(false, everyDay, listedTimes(recurrence.times));
        case 'weekly':
            return rule(false, weekdayDates(recurrence), listedTimes(recurrence.times));
        case 'monthly':
            return rule(false, monthDates(recurrence), listedTimes(recurrence.times));
        case 'cron':
            {
                const { elapsed, dates, times } = cronOf(recurrence.expression);
                return rule(elapsed, dates, times);
            }
        case 'interval':
            return undefined;
    }
}

//# sourceMappingURL=wall-rule.js.map