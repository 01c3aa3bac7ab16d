import { defineConnector } from '../kit/index.js';
import { completionsAnswer, costsAnswer } from './answers.js';
import { openaiClient } from './client.js';
import { manifest } from './manifest.js';
import { chargeRecords, usageRecords } from './records.js';
import { DAY_SECONDS, readSeries } from './series.js';
import { settingsDigest, stateOf } from './state.js';
/** Where no first day is set. Also the largest page of costs. */ const FIRST_DAYS = 180;
/** The largest page of completions in buckets of a day. */ const USAGE_PAGE = 31;
/** What an organization pays for OpenAI's API, and what it used. */ export const openaiOrgCosts = defineConnector({
    manifest,
    async check (context) {
        const ask = await openaiClient(context);
        const { today } = spanOf(context);
        const { path, schema } = costs(context.config);
        await ask(path, {
            start_time: String(today - DAY_SECONDS),
            limit: '1'
        }, schema);
        return {
            ok: true,
            ...context.config.account === '' ? {} : {
                account: context.config.account
            }
        };
    },
    async *read (context) {
        const { config, operation } = context;
        const full = operation === 'full_sync';
        let state = stateOf(full ? undefined : context.state, settingsDigest(config));
        const ask = await openaiClient(context);
        const span = spanOf(context);
        for await (const item of readSeries(ask, costs(config), span, state.costs, context.signal)){
            if (item.kind === 'mark') state = {
                ...state,
                costs: item.mark
            };
            yield messageOf(item, state);
        }
        if (!config.usage) return;
        for await (const item of readSeries(ask, completions(config), span, state.usage, context.signal)){
            if (item.kind === 'mark') state = {
                ...state,
                usage: item.mark
            };
            yield messageOf(item, state);
        }
    }
});
const messageOf = (item, state)=>item.kind === 'mark' ? {
        kind: 'state',
        state
    } : item;
function spanOf({ config, environment }) {
    const began = environment.clock.now();
    const now = Math.floor(began / 1000);
    const today = now - now % DAY_SECONDS;
    const since = config.since === undefined ? today - (FIRST_DAYS - 1) * DAY_SECONDS : Date.parse(config.since) / 1000;
    return {
        since: Math.min(since, today),
        today,
        lagDays: config.lagDays,
        began
    };
}
const costs = (config)=>({
        stream: 'charges',
        path: '/v1/organization/costs',
        limit: FIRST_DAYS,
        query: {
            bucket_width: '1d',
            group_by: config.groupBy,
            project_ids: config.projects
        },
        schema: costsAnswer,
        records: (bucket)=>chargeRecords(config, bucket)
    });
const completions = (config)=>({
        stream: 'usage',
        path: '/v1/organization/usage/completions',
        limit: USAGE_PAGE,
        query: {
            bucket_width: '1d',
            group_by: config.groupBy.includes('project_id') ? [
                'project_id',
                'model'
            ] : [
                'model'
            ],
            project_ids: config.projects
        },
        schema: completionsAnswer,
        records: (bucket)=>usageRecords(config, bucket)
    });

//# sourceMappingURL=index.js.map