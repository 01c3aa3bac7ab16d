import { z } from 'zod';
import { count } from './primitives.js';
/** RFC 9457. What some problems tell besides (`position`, `findings`, what a decider refused for) is not listed. */ export const problem = z.looseObject({
    type: z.string().describe('urn:syncopate:problem:…, stable'),
    title: z.string(),
    status: count,
    detail: z.string(),
    instance: z.string().optional().describe('The address that was asked'),
    errors: z.array(z.strictObject({
        field: z.string(),
        message: z.string(),
        code: z.string()
    })).optional().describe('What was wrong, field by field')
});

//# sourceMappingURL=problem.js.map