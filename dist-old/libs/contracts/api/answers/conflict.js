import { z } from 'zod';
import { conflictKinds } from '#lib/domain/conflict';
import { count, decided, instant, pageOf } from './primitives.js';
const status = z.enum([
    'open',
    'acknowledged',
    'resolved'
]);
export const conflict = z.strictObject({
    id: z.string(),
    kind: z.enum(conflictKinds),
    schedules: z.array(z.string()),
    user: z.string().optional(),
    connection: z.string().optional(),
    provider: z.string().optional(),
    message: z.string(),
    status,
    firstDetectedAt: instant,
    lastDetectedAt: instant,
    times: count.describe('How often it was raised'),
    resolvedAt: instant.optional(),
    resolution: z.enum([
        'schedule_changed',
        'schedule_ended',
        'limits_suffice',
        'request'
    ]).optional(),
    note: z.string().optional()
});
export const conflictList = pageOf(conflict);
export const conflictChange = z.strictObject({
    id: z.string(),
    status,
    ...decided
});

//# sourceMappingURL=conflict.js.map