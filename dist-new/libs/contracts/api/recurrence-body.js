import { z } from 'zod';
import { DAY, iso, SECOND } from '#lib/domain/kernel';
import { weekdays } from '#lib/domain/recurrence';
import { duration, instant, printDuration, whole } from './primitives.js';
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/, 'must be a time of day like "03:00" or "03:00:30"');
const times = z.array(time).min(1).max(96).default([
    '03:00'
]);
const weekday = z.enum(weekdays);
const date = z.iso.date('must be a date like "2027-12-24"');
const day = z.union([
    whole(1, 31),
    z.literal('last'),
    z.strictObject({
        nth: z.union([
            z.literal(1),
            z.literal(2),
            z.literal(3),
            z.literal(4),
            z.literal(5),
            z.literal('last')
        ]),
        weekday
    })
]);
const common = {
    zone: z.string().min(1).max(64).default('UTC').describe('IANA time zone'),
    start: instant.optional(),
    end: instant.optional(),
    excludedDates: z.array(date).max(400).default([]),
    blackouts: z.array(z.strictObject({
        weekdays: z.array(weekday).min(1).max(7),
        from: time,
        to: time
    })).max(50).default([]),
    gap: z.enum([
        'shift',
        'skip'
    ]).default('shift').describe('a local time that does not exist that day'),
    fold: z.enum([
        'first',
        'last',
        'both'
    ]).default('first').describe('a local time that comes twice that day'),
    spread: duration(0, DAY).default(0).describe('window over which the schedule is spread after its nominal time')
};
const rules = z.discriminatedUnion('frequency', [
    z.strictObject({
        frequency: z.literal('hourly'),
        minute: whole(0, 59).default(0),
        ...common
    }),
    z.strictObject({
        frequency: z.literal('daily'),
        times,
        ...common
    }),
    z.strictObject({
        frequency: z.literal('weekly'),
        weekdays: z.array(weekday).min(1).max(7).default([
            'monday'
        ]),
        times,
        ...common
    }),
    z.strictObject({
        frequency: z.literal('monthly'),
        days: z.array(day).min(1).max(31).default([
            1
        ]),
        times,
        shortMonth: z.enum([
            'clamp',
            'skip'
        ]).default('clamp'),
        ...common
    }),
    z.strictObject({
        frequency: z.literal('interval'),
        every: duration(SECOND, 366 * DAY),
        anchor: instant.optional(),
        ...common
    }),
    z.strictObject({
        frequency: z.literal('cron'),
        expression: z.string().min(1).max(256),
        ...common
    })
]);
const shorthand = z.enum([
    'hourly',
    'daily',
    'weekly',
    'monthly'
], {
    error: 'must be "hourly", "daily", "weekly" or "monthly", or an object whose frequency is one of these, "interval" (with every) or "cron" (with expression)'
});
/** When a schedule is due; a bare frequency stands for its defaults: minute 0, 03:00, Mondays, the first of the month. */ export const recurrenceBody = z.union([
    shorthand,
    rules
]).transform((body)=>typeof body === 'string' ? rules.parse({
        frequency: body
    }) : body);
/** An interval without an anchor counts from now. */ export function toRecurrence(body, now) {
    const { spread, start, end, ...rule } = body;
    const bounds = {
        spreadMs: spread,
        ...start === undefined ? {} : {
            start
        },
        ...end === undefined ? {} : {
            end
        }
    };
    if (rule.frequency !== 'interval') return {
        ...rule,
        ...bounds
    };
    const { every, anchor = now, ...rest } = rule;
    return {
        ...rest,
        ...bounds,
        everySeconds: every / SECOND,
        anchor
    };
}
export function fromRecurrence(recurrence) {
    const { spreadMs, start, end, ...rule } = recurrence;
    const bounds = {
        ...spreadMs === 0 ? {} : {
            spread: printDuration(spreadMs)
        },
        ...start === undefined ? {} : {
            start: iso(start)
        },
        ...end === undefined ? {} : {
            end: iso(end)
        }
    };
    if (rule.frequency !== 'interval') return {
        ...rule,
        ...bounds
    };
    const { everySeconds, anchor, ...rest } = rule;
    return {
        ...rest,
        ...bounds,
        every: printDuration(everySeconds * SECOND),
        anchor: iso(anchor)
    };
}

//# sourceMappingURL=recurrence-body.js.map