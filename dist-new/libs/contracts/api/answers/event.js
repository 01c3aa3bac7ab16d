import { z } from 'zod';
import { count, eventType, instant, pageOf, position, revision, words } from './primitives.js';
/** As it is told everywhere: in logs, in `data` of live events, over NATS and by webhooks. */ export const event = z.strictObject({
    id: z.string().describe('The same however often it is told'),
    position,
    stream: z.string(),
    revision,
    type: eventType,
    at: instant,
    actor: z.string(),
    correlation: z.string(),
    causation: z.string().optional(),
    data: words.describe('By type: see docs/event-catalogue.md. Instants are milliseconds since 1970')
});
/** Oldest first. */ export const eventLog = z.strictObject({
    items: z.array(event),
    next: z.int().nullable().describe('Give it as `before` for what came before these; null: they begin with the first')
});
const parkedAt = {
    stream: z.string(),
    position,
    eventType,
    reason: z.string()
};
const parkedEvent = z.strictObject({
    id: z.string(),
    handler: z.string().describe('The saga that could not take it'),
    revision,
    ...parkedAt,
    status: z.enum([
        'parked',
        'replaying'
    ]),
    firstParkedAt: instant,
    lastParkedAt: instant,
    times: count
});
const unfolded = z.strictObject({
    projection: z.string(),
    eventId: z.string(),
    ...parkedAt,
    at: instant
});
export const parkedList = pageOf(parkedEvent).extend({
    projections: z.array(unfolded).describe('What read models could not take; `npm run rebuild` shows it again')
});
export const parkedReplay = z.strictObject({
    id: z.string(),
    status: z.enum([
        'parked',
        'replaying',
        'replayed'
    ]),
    position
});

//# sourceMappingURL=event.js.map