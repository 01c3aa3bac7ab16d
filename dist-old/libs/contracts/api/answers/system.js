import { z } from 'zod';
import { count, words } from './primitives.js';
export const health = z.strictObject({
    status: z.literal('ok')
});
export const readiness = z.strictObject({
    status: z.literal('ready'),
    lag: count.describe('How far reads are behind the newest event, in positions')
});
/** OpenAPI 3.1. */ export const description = z.looseObject({
    openapi: z.string(),
    info: words,
    paths: words,
    components: words
});

//# sourceMappingURL=system.js.map