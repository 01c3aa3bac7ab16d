export function patternOf(recurrence) {
    const { zone, spreadMs } = recurrence;
    switch(recurrence.frequency){
        case 'interval':
            return {
                frequency: 'interval',
                everySeconds: recurrence.everySeconds
            };
        case 'hourly':
            return {
                frequency: 'hourly',
                minute: recurrence.minute,
                zone,
                spreadMs
            };
        case 'daily':
            return {
                frequency: 'daily',
                times: recurrence.times,
                zone,
                spreadMs
            };
        case 'weekly':
            return {
                frequency: 'weekly',
                weekdays: recurrence.weekdays,
                times: recurrence.times,
                zone,
                spreadMs
            };
        case 'monthly':
            {
                const { days, times, shortMonth } = recurrence;
                return {
                    frequency: 'monthly',
                    days,
                    times,
                    shortMonth,
                    zone,
                    spreadMs
                };
            }
        default:
            return {
                frequency: 'cron',
                expression: recurrence.expression,
                zone,
                spreadMs
            };
    }
}
/** A recurrence that is due when the pattern is. */ export const recurrenceOf = (pattern)=>({
        ...pattern,
        excludedDates: [],
        blackouts: [],
        gap: 'shift',
        fold: 'first'
    });

//# sourceMappingURL=pattern.js.map