import { z } from 'zod';
// Only what is read is named; by plaid/plaid-openapi. Words may grow: an unknown one is no drift.
const plaidError = z.object({
    error_type: z.string(),
    error_code: z.string()
}).loose();
export const itemAnswer = z.object({
    item: z.object({
        item_id: z.string().min(1),
        institution_id: z.string().nullish(),
        institution_name: z.string().nullish(),
        /** The one place where trouble comes with status 200. */ error: plaidError.nullish()
    })
});
const day = z.iso.date();
const amount = z.object({
    amount: z.number(),
    iso_currency_code: z.string().nullish()
});
const recurringStream = z.object({
    account_id: z.string().min(1).max(200),
    stream_id: z.string().min(1).max(200),
    description: z.string(),
    merchant_name: z.string().nullish(),
    first_date: day.nullish(),
    last_date: day.nullish(),
    predicted_next_date: day.nullish(),
    frequency: z.string(),
    /** Positive: money out. */ last_amount: amount,
    is_active: z.boolean(),
    status: z.string(),
    transaction_ids: z.array(z.string().min(1).max(200)).max(10_000).default([]),
    personal_finance_category: z.object({
        primary: z.string(),
        detailed: z.string().nullish()
    }).nullish()
});
export const recurringAnswer = z.object({
    outflow_streams: z.array(recurringStream).max(5_000),
    updated_datetime: z.string().nullish()
});
const transaction = z.object({
    transaction_id: z.string().min(1).max(200),
    account_id: z.string().min(1).max(200),
    /** Positive: money out. */ amount: z.number(),
    iso_currency_code: z.string().nullish(),
    date: day,
    /** When the user paid, where the bank tells it; `date` is when it was booked. */ authorized_date: day.nullish(),
    name: z.string().nullish(),
    merchant_name: z.string().nullish(),
    pending: z.boolean()
});
export const syncAnswer = z.object({
    added: z.array(transaction),
    modified: z.array(transaction),
    removed: z.array(z.object({
        transaction_id: z.string().min(1).max(200)
    })),
    /** Empty while Plaid has nothing yet. */ next_cursor: z.string().max(1_000),
    has_more: z.boolean(),
    transactions_update_status: z.string().nullish()
});

//# sourceMappingURL=answers.js.map