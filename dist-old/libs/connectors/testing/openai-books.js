/** A made-up organization's spend. Costs are decimals as text, so that they can be sent as they are. */ const DAY = 86_400;
const LINES = [
    'demo-model-large, input',
    'demo-model-large, output',
    'demo-model-small, input'
];
export const secondsOf = (day)=>Date.parse(day) / 1000;
/** What is spent and used on each day, by the day's first second. */ export class OpenaiBooks {
    spend(day, ...costs) {
        this.costs.set(secondsOf(day), [
            ...costs
        ]);
    }
    use(day, ...tokens) {
        this.tokens.set(secondsOf(day), [
            ...tokens
        ]);
    }
    /** `days` days of both, the last on `until`: the same seed tells the same story. */ live(until, days, seed = 1) {
        for(let at = 0; at < days; at++){
            const day = new Date((secondsOf(until) - at * DAY) * 1000).toISOString().slice(0, 10);
            const project_id = `proj_demo${at % 2}`;
            this.spend(day, ...LINES.map((line_item, line)=>{
                const micros = (seed * 7_919 + at * 104_729 + line * 1_299_709) % 2_000_000;
                return {
                    value: (micros / 1_000_000).toFixed(6),
                    line_item,
                    project_id
                };
            }));
            const tokens = {
                input_tokens: 1_000 + at * seed,
                output_tokens: 200 + at,
                num_model_requests: 3
            };
            this.use(day, {
                model: 'demo-model-large',
                project_id,
                ...tokens
            });
        }
    }
    constructor(){
        this.costs = new Map();
        this.tokens = new Map();
    }
}
/** One day's costs, summed over whatever is not asked for, in millionths: decimals of text do not drift. */ export function grouped(costs, by) {
    const groups = new Map();
    for (const cost of costs){
        const name = JSON.stringify([
            cost.currency,
            ...by.map((field)=>fieldOf(cost, field))
        ]);
        const group = groups.get(name) ?? {
            sum: 0n,
            single: cost.value,
            count: 0,
            of: cost
        };
        groups.set(name, {
            ...group,
            sum: group.sum + micros(cost.value),
            count: group.count + 1
        });
    }
    return [
        ...groups.values()
    ].map(({ sum, single, count, of })=>({
            object: 'organization.costs.result',
            // One entry is sent as it stands, whatever it is; a sum as a number, as the specification has it.
            amount: {
                value: count === 1 ? single : Number(sum) / 1e6,
                currency: of.currency ?? 'usd'
            },
            line_item: by.includes('line_item') ? of.line_item ?? null : null,
            project_id: by.includes('project_id') ? of.project_id ?? null : null,
            ...by.includes('api_key_id') ? {
                api_key_id: of.api_key_id ?? null
            } : {}
        }));
}
const fieldOf = (cost, field)=>Object.entries(cost).find(([name])=>name === field)?.[1];
const micros = (value)=>BigInt(Math.round(Number(value) * 1e6));
/** One day's tokens by model and, where asked for, project. */ export const tokensOf = (tokens, by)=>tokens.map((used)=>({
            object: 'organization.usage.completions.result',
            input_cached_tokens: 0,
            user_id: null,
            batch: null,
            ...used,
            model: by.includes('model') ? used.model : null,
            project_id: by.includes('project_id') ? used.project_id ?? null : null
        }));

//# sourceMappingURL=openai-books.js.map