import { z } from 'zod';
/**
 * The words that every answer is made of. Objects are strict, and tests hold what is really answered against them: a
 * field that is not described here is not answered. Clients are told otherwise, for a later release may answer more.
 */ /** In UTC, with milliseconds. */ export const instant = z.iso.datetime();
export const length = z.iso.duration();
export const ms = z.number().describe('Milliseconds');
export const count = z.int().min(0);
export const position = z.int().describe('A position of the log; `?atLeast=` takes it');
export const revision = z.int().describe('The last event of its own stream, from 0');
export const date = z.iso.date();
export const words = z.record(z.string(), z.unknown());
export const eventType = z.string().describe('One of docs/event-catalogue.md, which grows');
export const counts = z.record(z.string(), count);
/** `next`: what `cursor` takes to go on. */ export const pageOf = (item)=>z.strictObject({
        items: z.array(item),
        next: z.string().nullable().describe('Where the next page begins; null: this was the last')
    });
export const listOf = (item)=>z.strictObject({
        items: z.array(item)
    });
/** What every command answers. */ export const decided = {
    revision,
    position,
    events: z.array(z.string()).describe('What happened, by type; none: it was so already')
};
export const repeated = z.literal(true).optional().describe('The Idempotency-Key was used for it before');
export const pause = (cause)=>z.strictObject({
        cause,
        at: instant.optional(),
        until: instant.optional().describe('It resumes by itself then'),
        note: z.string().optional()
    });

//# sourceMappingURL=primitives.js.map