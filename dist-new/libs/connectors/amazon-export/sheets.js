/**
 * The files of an export that are read, by path in lower case. Folders carry a version (`Digital.Subscriptions.2/`) and
 * differ from one export to the next, so the base name decides; viewing history alone is known by its folder. Addresses,
 * cities, providers and devices are never asked for. Headers as humandataincome/hudi-packages-connectors and
 * chf3198/tsv-ledger read them; the money is in files that refer to each other by order.
 */ export const sheets = {
    schedules: {
        path: /(^|\/)billing schedules\.(csv|txt)$/,
        columns: {
            required: [
                'SubscriptionId',
                'Amount',
                'CurrencyCode'
            ],
            optional: [
                'Status'
            ]
        }
    },
    subscriptions: {
        path: /(^|\/)subscriptions\.(csv|txt)$/,
        columns: {
            required: [
                'SubscriptionId',
                'SubscriptionStatus',
                'ServiceProvider',
                'ContractTimeInterval',
                'NextBillDate',
                'NextBillAmount',
                'BaseCurrencyCode'
            ],
            optional: [
                'BaseSubscriptionId',
                'Marketplace',
                'SubscriptionPlanId',
                'SubscriptionStatusDate',
                'Autorenew',
                'SubscriptionStartDate',
                'RecordVersionNumber',
                'HaveSubscriptionProblem',
                'CurrentPlanGifted',
                'BillingPeriodStartDate',
                'ContractEndDate'
            ]
        }
    },
    periods: {
        path: /(^|\/)subscription periods\.(csv|txt)$/,
        columns: {
            required: [
                'SubscriptionId',
                'PeriodStartDate',
                'PeriodEndDate',
                'ChargeCompleted',
                'OrderId'
            ],
            optional: [
                'BillingScheduleItemId',
                'PeriodType',
                'PeriodStatus',
                'Marketplace'
            ]
        }
    },
    orders: {
        path: /(^|\/)digital orders\.(csv|txt)$/,
        columns: {
            required: [
                'OrderId',
                'OrderDate',
                'OrderStatus'
            ],
            optional: [
                'SubscriptionOrderType'
            ]
        }
    },
    items: {
        path: /(^|\/)digital items\.(csv|txt)$/,
        columns: {
            required: [
                'OrderId',
                'DigitalOrderItemId',
                'Title',
                'OrderDate',
                'OurPrice',
                'OurPriceCurrencyCode'
            ],
            optional: [
                'OurPriceTax',
                'SubscriptionOrderInfoList'
            ]
        }
    },
    monetary: {
        path: /(^|\/)digital orders monetary\.(csv|txt)$/,
        columns: {
            required: [
                'DigitalOrderItemId',
                'TransactionAmount',
                'BaseCurrencyCode',
                'MonetaryComponentTypeCode'
            ],
            optional: [
                'DeliveryPacketId'
            ]
        }
    },
    // Required is what Amazon's own README of the folder names; the amounts are as public readers of it have them.
    returns: {
        path: /(^|\/)digital\.orders\.returns\.transaction(\.\d+)?\.(csv|txt)$/,
        columns: {
            required: [
                'OrderId',
                'DeliveryPacketId'
            ],
            optional: [
                'ReturnDate'
            ]
        }
    },
    refunds: {
        path: /(^|\/)digital\.orders\.returns\.monetary(\.\d+)?\.(csv|txt)$/,
        columns: {
            required: [
                'DeliveryPacketId'
            ],
            optional: [
                'DigitalOrderItemId',
                'TransactionAmount',
                'BaseCurrencyCode',
                'MonetaryComponentTypeCode',
                'MonetaryComponentType'
            ]
        }
    },
    viewing: {
        path: /digital\.primevideo\.viewinghistory[^/]*(\/[^/]+)?\.(csv|txt)$/,
        columns: {
            required: [
                'Playback Hour',
                'Title'
            ],
            optional: [
                'Video Type',
                'Entitlement Type',
                'Country'
            ]
        }
    }
};
/** Read in this order, whatever the order in the archive: each needs what those before it said. */ export const kinds = [
    'schedules',
    'subscriptions',
    'periods',
    'orders',
    'items',
    'monetary',
    'returns',
    'refunds',
    'viewing'
];
/** Returned orders may be anybody's books: only beside the orders is it known whether they were of subscriptions. */ export const saysNothingAlone = (kind)=>kind === 'returns' || kind === 'refunds';
/**
 * `SubscribeAndSave` and `Appstore` have files of the same names about goods and apps; a ZIP made on a Mac has a shadow of each
 * file for what its own disk knows of it.
 */ const OTHERS = /(^|\/)((subscribeandsave|appstore)[^/]*\/|__macosx\/|\._)/;
/** By a path in lower case; `.txt` is how an export says that a file is empty. */ export function kindByPath(path) {
    if (OTHERS.test(path)) return undefined;
    const kind = kinds.find((candidate)=>sheets[candidate].path.test(path));
    return kind === undefined ? undefined : {
        kind,
        empty: path.endsWith('.txt')
    };
}
/** By a bare file's first line. */ export function kindByHeader(header) {
    const cells = new Set(header.split(',').map((name)=>name.replace(/["\uFEFF]/g, '').trim().toLowerCase()));
    return kinds.filter((kind)=>!saysNothingAlone(kind)).find((kind)=>sheets[kind].columns.required.every((name)=>cells.has(name.toLowerCase())));
}
/** The `.N` that ends a folder or a file name; 0 without one. The innermost folder that has one decides. */ export function versionOf(path) {
    const parts = path.replace(/\.(csv|txt)$/, '').split('/');
    const version = parts.reverse().find((part)=>/\.\d+$/.test(part));
    return version === undefined ? 0 : Number(/\d+$/.exec(version)?.[0] ?? 0);
}

//# sourceMappingURL=sheets.js.map