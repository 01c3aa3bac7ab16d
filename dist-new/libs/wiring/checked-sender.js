import { z } from 'zod';
import { DAY } from '#lib/domain/kernel';
const MOST_MESSAGE = 500;
const amount = z.number().nonnegative();
const status = z.number().int().min(100).max(599);
const result = z.discriminatedUnion('kind', [
    z.strictObject({
        kind: z.literal('delivered'),
        status,
        durationMs: amount
    }),
    z.strictObject({
        kind: z.literal('failed'),
        status: status.optional(),
        message: z.string().transform((text)=>text.slice(0, MOST_MESSAGE).toWellFormed()),
        durationMs: amount,
        retryAfterMs: amount.max(DAY).optional()
    })
]);
/**
 * The product's own webhook system may answer anything: what is no result is a failure that says so, for what it says is
 * stored.
 */ export const checkedSender = (own)=>({
        async send (message, signal) {
            const answered = await own.send(message, signal);
            const parsed = result.safeParse(answered);
            if (parsed.success) return withoutAbsent(parsed.data);
            const issues = parsed.error.issues.map(({ path, message: why })=>`${path.join('.')}: ${why}`);
            const text = `the webhook sender answered what is no result: ${issues.join('; ')}`.slice(0, MOST_MESSAGE);
            return {
                kind: 'failed',
                message: text,
                durationMs: 0
            };
        }
    });
const withoutAbsent = (given)=>Object.fromEntries(Object.entries(given).filter(([, value])=>value !== undefined));

//# sourceMappingURL=checked-sender.js.map