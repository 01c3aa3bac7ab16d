import { recordKey } from '../amazon-export/upload/index.js';
const dayOf = (seconds)=>new Date(seconds * 1000).toISOString().slice(0, 10);
/** How all keys of a bucket begin, of charges and of usage. */ export const keysOfDay = ({ start_time })=>recordKey(dayOf(start_time), '');
/** The key is the bucket's start and what it is split by, so a later reading of the same day updates it. */ export function chargeRecords(config, bucket) {
    const times = new Map();
    return bucket.results.map((result)=>{
        const record = chargeRecord(config.account, bucket, result);
        const before = times.get(record.key) ?? 0;
        times.set(record.key, before + 1);
        // Two results that differ in nothing we ask for are two amounts: one must not overwrite the other.
        return before === 0 ? record : {
            ...record,
            key: `${record.key}#${before + 1}`
        };
    });
}
function chargeRecord(account, bucket, result) {
    const { amount, line_item = null, project_id = null, api_key_id = null } = result;
    const on = dayOf(bucket.start_time);
    const key = recordKey(on, project_id ?? '', line_item ?? '', api_key_id ?? '', amount.currency);
    return {
        stream: 'charges',
        key,
        data: {
            account_ref: account === '' ? null : account,
            charge_ref: key,
            occurred_on: on,
            period_start: on,
            period_end: dayOf(bucket.end_time),
            amount_minor: amount.minor,
            amount_exact: amount.exact,
            currency: amount.currency,
            description: line_item ?? 'OpenAI API',
            project_id,
            api_key_id,
            quantity: result.quantity ?? null,
            quantity_unit: result.quantity_unit ?? null
        }
    };
}
/** Tokens in and out by day and model. Cached tokens are among those that went in. */ export const usageRecords = (config, bucket)=>bucket.results.map((result)=>usageRecord(config.account, dayOf(bucket.start_time), result));
function usageRecord(account, on, result) {
    const { model = null, project_id = null } = result;
    return {
        stream: 'usage',
        key: recordKey(on, project_id ?? '', model ?? ''),
        data: {
            account_ref: account === '' ? null : account,
            kind: 'api_tokens',
            item: model,
            item_ref: model,
            occurred_at: on,
            amount: (result.input_tokens ?? 0) + (result.output_tokens ?? 0),
            unit: 'tokens',
            input_tokens: result.input_tokens ?? null,
            cached_tokens: result.input_cached_tokens ?? null,
            output_tokens: result.output_tokens ?? null,
            requests: result.num_model_requests ?? null,
            project_id
        }
    };
}

//# sourceMappingURL=records.js.map