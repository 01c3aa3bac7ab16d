import { z } from 'zod';
import { parameterName } from './literals.js';
import { pointerText } from './records-config.js';
/** How an answer says that there is more. Pointers are into the whole answer. */ export const paging = z.discriminatedUnion('kind', [
    z.strictObject({
        kind: z.literal('none')
    }),
    /** The answer holds the next page's address, absolute or relative; absent, null or empty: no more. */ z.strictObject({
        kind: z.literal('next_url'),
        next: pointerText
    }),
    /** The answer holds what to send next. `more`: where the answer says so, false ends the reading. */ z.strictObject({
        kind: z.literal('cursor'),
        next: pointerText,
        parameter: parameterName,
        more: pointerText.optional()
    }),
    /**
   * Pages are counted, until one is empty or not found, or shorter than `size`. Where the first is shorter, nothing says whether
   * that is all or the most that the service tells at once: then until one is empty, not found or the one before once more.
   */ z.strictObject({
        kind: z.literal('page'),
        parameter: parameterName,
        first: z.int().min(0).max(1).default(1),
        size: z.strictObject({
            parameter: parameterName,
            value: z.int().min(1).max(1_000)
        }).optional()
    }),
    /** Items are counted, until a page is empty or not found, or shorter than `limit`, as above. */ z.strictObject({
        kind: z.literal('offset'),
        parameter: parameterName,
        limitParameter: parameterName,
        limit: z.int().min(1).max(1_000)
    })
]);

//# sourceMappingURL=paging-config.js.map