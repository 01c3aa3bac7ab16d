import { z } from 'zod';
import { name, provider, runStatuses, scheduleId, schedulesQuery } from '#lib/contracts/api';
import { conflictKinds } from '#lib/domain/conflict';
import { DAY } from '#lib/domain/kernel';
import { triggers } from '#lib/domain/schedule';
import { deliveryStatuses, scheduleStatuses } from '#lib/projections';
import { RequestRejected } from './rejection.js';
/** What lists are narrowed by. What could match nothing is refused: it would read as "there are none". */ const oneOrMore = (values)=>z.union([
        z.enum(values),
        z.array(z.enum(values))
    ]).optional();
const { operation, frequency, text } = schedulesQuery.shape;
const whose = {
    user: name.optional(),
    connection: name.optional(),
    provider: provider.optional()
};
export const scheduleFilter = z.strictObject({
    ...whose,
    status: oneOrMore(scheduleStatuses),
    operation,
    frequency,
    /** As it is typed: an empty one narrows nothing. */ text: z.union([
        z.literal(''),
        text
    ])
});
const instant = z.number('must be an instant in milliseconds since 1970').min(0).optional();
export const runFilter = z.strictObject({
    ...whose,
    schedule: scheduleId.optional(),
    status: oneOrMore(runStatuses),
    trigger: z.enum(triggers).optional(),
    from: instant,
    to: instant,
    minLatenessMs: z.number().min(0).optional()
});
export const conflictFilter = z.strictObject({
    ...whose,
    kind: z.enum(conflictKinds).optional(),
    status: oneOrMore([
        'open',
        'acknowledged',
        'resolved'
    ]),
    schedule: scheduleId.optional()
});
/** Of connections that nobody registered it is not known whose they are: only their schedules say. */ export const connectionFilter = z.strictObject({
    status: z.enum([
        'active',
        'suspended'
    ]).optional()
});
export const deliveryStatus = z.enum(deliveryStatuses).optional();
export const conflictId = z.string().min(1).max(500);
const HOURS = 'must be 1 to 168 whole hours';
/** How far ahead a forecast looks. */ export const forecastHours = z.int(HOURS).min(1, HOURS).max(168, HOURS);
const OVERLAP = 'must be from 0 to 2592000000 milliseconds (30 days)';
/** How long two secrets of a webhook hold. */ export const overlap = z.number(OVERLAP).min(0, OVERLAP).max(30 * DAY, OVERLAP);
/** How many of a log's events, at once. */ export const eventCount = z.int().min(1).max(10_000);
/** How many of a list. */ export const count = z.custom((value)=>value === Infinity || Number.isInteger(value) && Number(value) >= 0, 'must be a whole number from 0 on, or Infinity');
/** @throws {RequestRejected} it holds nothing */ export function assertRange(from, to) {
    if (from < to) return;
    throw new RequestRejected({
        reason: 'empty_range',
        message: 'from must lie before to',
        field: 'from'
    });
}

//# sourceMappingURL=filters.js.map