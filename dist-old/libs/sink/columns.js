/** The fields of each stream that have a column of their own; whatever else a record holds goes to `extra`. */ export const columns = {
    subscriptions: {
        account_ref: 'text',
        plan: 'text',
        plan_raw: 'text',
        status: 'text',
        status_raw: 'text',
        price_minor: 'integer',
        currency: 'text',
        interval: 'text',
        renews_on: 'text',
        auto_renew: 'boolean',
        started_on: 'text',
        ended_on: 'text',
        as_of: 'text'
    },
    charges: {
        account_ref: 'text',
        occurred_on: 'text',
        amount_minor: 'integer',
        tax_minor: 'integer',
        currency: 'text',
        period_start: 'text',
        period_end: 'text',
        description: 'text',
        status_raw: 'text',
        method: 'text',
        method_last4: 'text',
        as_of: 'text'
    },
    usage: {
        account_ref: 'text',
        kind: 'text',
        item: 'text',
        item_ref: 'text',
        by: 'text',
        occurred_at: 'text',
        amount: 'real',
        unit: 'text'
    }
};
export const streams = [
    'subscriptions',
    'charges',
    'usage'
];
/** What each stream's rows happened on or at, where one looks for a day. */ export const happened = {
    charges: 'occurred_on',
    usage: 'occurred_at'
};
/**
 * Sorts a record's data into columns and extra. Nulls are left out of both: they never overwrite. A value of another
 * type than its column goes to `extra`, so that one odd value costs neither the batch nor itself.
 */ export function split({ stream, data }) {
    const typed = {};
    const extra = {};
    for (const [name, value] of Object.entries(data)){
        if (value === null || value === undefined) continue;
        // Read again it would be no field: kept as the text of it, from whoever it comes.
        if (typeof value === 'object' || typeof value === 'number' && !Number.isFinite(value)) {
            extra[name] = JSON.stringify(value);
            continue;
        }
        const type = Object.hasOwn(columns[stream], name) ? columns[stream][name] : undefined;
        (type !== undefined && fits(value, type) ? typed : extra)[name] = value;
    }
    return {
        typed,
        extra
    };
}
function fits(value, type) {
    switch(type){
        case 'text':
            return typeof value === 'string';
        case 'integer':
            return Number.isSafeInteger(value);
        case 'real':
            return typeof value === 'number' && Number.isFinite(value);
        case 'boolean':
            return typeof value === 'boolean';
    }
}

//# sourceMappingURL=columns.js.map