/** A recurrence with nothing special about it: in UTC, unbounded, nothing excluded, no spread. */ export const recurring = (rule, surroundings = {})=>({
        ...rule,
        zone: 'UTC',
        excludedDates: [],
        blackouts: [],
        gap: 'shift',
        fold: 'first',
        spreadMs: 0,
        ...surroundings
    });
export const daily = (time, surroundings = {})=>recurring({
        frequency: 'daily',
        times: [
            time
        ]
    }, surroundings);
export const cron = (expression, surroundings = {})=>recurring({
        frequency: 'cron',
        expression
    }, surroundings);
/** Every time of every weekday. */ export const always = [
    {
        weekdays: [
            'monday',
            'tuesday',
            'wednesday',
            'thursday',
            'friday',
            'saturday',
            'sunday'
        ],
        from: '00:00',
        to: '12:00'
    },
    {
        weekdays: [
            'monday',
            'tuesday',
            'wednesday',
            'thursday',
            'friday',
            'saturday',
            'sunday'
        ],
        from: '12:00',
        to: '00:00'
    }
];
/** `2027-03-14T07:30Z`, with or without seconds, as an instant. */ export const at = (text)=>Temporal.Instant.from(text).epochMilliseconds;

//# sourceMappingURL=recurrences.js.map