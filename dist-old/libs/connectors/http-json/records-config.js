import { z } from 'zod';
import { named } from './literals.js';
export const pointerText = z.string().max(300).regex(/^(?:\/(?:[^~/]|~[01])*)*$/, 'must be a JSON pointer (RFC 6901) such as /data/items, or empty');
const converted = z.strictObject({
    /** Within an item. */ pointer: pointerText,
    /**
   * `minor_units`: a decimal amount, turned into minor units of `currency`. `date`: `YYYY-MM-DD`, from a date, an
   * ISO 8601 time or seconds or milliseconds since 1970. `instant`: the same with time, in UTC.
   */ as: z.enum([
        'plain',
        'minor_units',
        'date',
        'instant',
        'text',
        'number'
    ]).default('plain'),
    /** A code such as EUR, or a JSON pointer to one within the item. */ currency: z.string().regex(/^(?:[A-Z]{3}|\/.{1,300})$/, 'must be a code such as EUR, or a JSON pointer').optional(),
    /** The service's words and what they are here, such as `{"gekündigt": "cancelled"}`; a word that is not among them stays. */ words: z.record(z.string().min(1).max(100), z.string().max(100)).refine((all)=>Object.keys(all).length <= 100, 'takes at most 100 words').optional()
});
const constant = z.strictObject({
    constant: z.union([
        z.string().max(500),
        z.number(),
        z.boolean()
    ])
});
const field = z.union([
    pointerText.transform((pointer)=>converted.parse({
            pointer
        })),
    converted,
    constant
], {
    error: 'must be a JSON pointer, or {pointer, as, currency}, or {constant}'
});
const fieldName = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'must be a name such as price_minor');
/** Where the items of an answer are, and what their parts are called in our records. */ export const records = z.strictObject({
    stream: z.enum([
        'subscriptions',
        'charges',
        'usage'
    ]),
    /** To an array, or to one object that is the only item. */ items: pointerText,
    /** What makes an item itself, and never changes. Within an item. */ key: z.array(pointerText.min(2)).min(1).max(5),
    fields: named(fieldName, field).refine((all)=>Object.keys(all).length > 0 && Object.keys(all).length <= 60, 'needs 1 to 60 fields')
}).superRefine(({ fields }, context)=>{
    for (const [name, value] of Object.entries(fields)){
        const fault = 'constant' in value ? undefined : fieldFault(name, value);
        if (fault !== undefined) context.addIssue({
            code: 'custom',
            path: [
                'fields',
                name
            ],
            message: fault
        });
    }
});
/** What our streams promise of these names (libs/ports/sink.ts) is asked for here, not found out at night. */ function fieldFault(name, { as, currency, words }) {
    if (as === 'minor_units' && currency === undefined) return 'minor_units needs a currency';
    if (as !== 'minor_units' && currency !== undefined) return 'currency goes with minor_units only';
    if (words !== undefined && as !== 'plain' && as !== 'text') return 'words go with plain and text only';
    if (name.endsWith('_minor') && as !== 'minor_units' && as !== 'number') return 'must be {pointer, as: minor_units, currency}, or as: number where it is in minor units already';
    if (name.endsWith('_on') && as !== 'date') return 'must be {pointer, as: date}';
    if (name === 'occurred_at' && as !== 'instant' && as !== 'date') return 'must be {pointer, as: instant}';
    return undefined;
}

//# sourceMappingURL=records-config.js.map