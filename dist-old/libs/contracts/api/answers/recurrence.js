import { z } from 'zod';
import { weekdays } from '#lib/domain/recurrence';
import { date, instant, length } from './primitives.js';
const time = z.string().describe('Local time of day, HH:MM or HH:MM:SS');
const times = z.array(time);
const weekday = z.enum(weekdays);
const nth = z.union([
    z.literal([
        1,
        2,
        3,
        4,
        5
    ]),
    z.literal('last')
]);
const day = z.union([
    z.int().min(1).max(31),
    z.literal('last'),
    z.strictObject({
        nth,
        weekday
    })
]);
const common = {
    zone: z.string().describe('IANA time zone'),
    start: instant.optional(),
    end: instant.optional(),
    excludedDates: z.array(date),
    blackouts: z.array(z.strictObject({
        weekdays: z.array(weekday),
        from: time,
        to: time
    })),
    gap: z.enum([
        'shift',
        'skip'
    ]).describe('A local time that does not exist that day'),
    fold: z.enum([
        'first',
        'last',
        'both'
    ]).describe('A local time that comes twice that day'),
    spread: length.optional().describe('Window over which the schedule is spread after its nominal time')
};
/** With all defaults told, so that a creation that is given it makes the same. */ export const recurrence = z.discriminatedUnion('frequency', [
    z.strictObject({
        frequency: z.literal('hourly'),
        minute: z.int().min(0).max(59),
        ...common
    }),
    z.strictObject({
        frequency: z.literal('daily'),
        times,
        ...common
    }),
    z.strictObject({
        frequency: z.literal('weekly'),
        weekdays: z.array(weekday),
        times,
        ...common
    }),
    z.strictObject({
        frequency: z.literal('monthly'),
        days: z.array(day),
        times,
        shortMonth: z.enum([
            'clamp',
            'skip'
        ]),
        ...common
    }),
    z.strictObject({
        frequency: z.literal('interval'),
        every: length,
        anchor: instant,
        ...common
    }),
    z.strictObject({
        frequency: z.literal('cron'),
        expression: z.string(),
        ...common
    })
]);

//# sourceMappingURL=recurrence.js.map