import { z } from 'zod';
import { amountOf } from './amount.js';
// Only what is read is named; by the OpenAPI file in openai/openai-openapi. Words may grow: an unknown one is no drift.
/** Unix seconds: days since 2000, and before 2100. */ const instant = z.number().int().min(946_684_800).max(4_102_444_800);
const text = z.string().max(300).nullish();
const count = z.number().nonnegative().nullish();
/** A page of buckets, whatever they hold. */ const pageOf = (result)=>z.object({
        data: z.array(z.object({
            start_time: instant,
            end_time: instant,
            results: z.array(result).max(20_000)
        })).max(200),
        has_more: z.boolean(),
        next_page: z.string().min(1).max(4_000).nullish()
    });
const amount = z.object({
    /** A number by the specification; a string of many decimals is accepted as well, and kept as it is. */ value: z.union([
        z.number(),
        z.string().max(120)
    ]),
    /** Lower case. */ currency: z.string().max(10)
}).transform(({ value, currency }, context)=>{
    const money = amountOf(value, currency);
    if (money !== undefined) return money;
    context.addIssue('no amount of money');
    return z.NEVER;
});
const costResult = z.object({
    amount,
    line_item: text,
    project_id: text,
    api_key_id: text,
    quantity: z.number().nullish(),
    quantity_unit: text
});
const completionsResult = z.object({
    input_tokens: count,
    output_tokens: count,
    input_cached_tokens: count,
    num_model_requests: count,
    model: text,
    project_id: text
});
export const costsAnswer = pageOf(costResult);
export const completionsAnswer = pageOf(completionsResult);

//# sourceMappingURL=answers.js.map