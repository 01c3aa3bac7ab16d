import { DAY_MS, dayStart, indexOfWeekday, parseDate, timeOfDay, weekdayIndex, WEEK_MS } from './wall-time.js';
const nothing = {
    everything: false,
    none: true,
    stretches: 0,
    end: ()=>undefined
};
/** Sorted; those that touch or overlap become one. */ function merged(windows) {
    const result = [];
    for (const window of windows.toSorted((a, b)=>a.from - b.from)){
        const last = result.at(-1);
        if (last !== undefined && window.from <= last.to) last.to = Math.max(last.to, window.to);
        else result.push({
            ...window
        });
    }
    return result;
}
/** Windows in milliseconds since Monday 00:00; one that runs past Sunday midnight is cut in two. */ function weeklyWindows(recurrence) {
    const cut = [];
    for (const { weekdays, from, to } of recurrence.blackouts){
        for (const weekday of weekdays){
            const start = indexOfWeekday(weekday) * DAY_MS + timeOfDay(from);
            const length = (timeOfDay(to) - timeOfDay(from) + DAY_MS) % DAY_MS || DAY_MS;
            if (start + length <= WEEK_MS) cut.push({
                from: start,
                to: start + length
            });
            else cut.push({
                from: start,
                to: WEEK_MS
            }, {
                from: 0,
                to: start + length - WEEK_MS
            });
        }
    }
    return merged(cut);
}
/** By bisection: the end of the window that `value` lies in. */ function endIn(windows, value) {
    let [low, high] = [
        0,
        windows.length
    ];
    while(low < high){
        const middle = low + high >>> 1;
        if ((windows[middle]?.to ?? Infinity) <= value) low = middle + 1;
        else high = middle;
    }
    const window = windows[low];
    return window !== undefined && window.from <= value ? window.to : undefined;
}
export function exclusionsOf(recurrence) {
    if (recurrence.blackouts.length === 0 && recurrence.excludedDates.length === 0) return nothing;
    const starts = recurrence.excludedDates.map(parseDate).filter((start)=>!Number.isNaN(start));
    const dates = merged(starts.map((from)=>({
            from,
            to: from + DAY_MS
        })));
    const windows = weeklyWindows(recurrence);
    const [first] = windows;
    return {
        everything: first !== undefined && first.from === 0 && first.to >= WEEK_MS,
        none: false,
        stretches: dates.length,
        end (wall) {
            const monday = dayStart(wall) - weekdayIndex(wall) * DAY_MS;
            const end = endIn(windows, wall - monday);
            return end === undefined ? endIn(dates, wall) : monday + end;
        }
    };
}

//# sourceMappingURL=exclusions.js.map