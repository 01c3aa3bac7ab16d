/** The files of an export that are read. Names, address, phone and device data are never asked for. */ export const sheets = {
    billing: {
        name: 'BillingHistory',
        columns: {
            required: [
                'Transaction Date',
                'Payment Type',
                'Mop Last 4',
                'Pmt Txn Type',
                'Pmt Status',
                'Final Invoice Result',
                'Gross Sale Amt',
                'Currency',
                'Next Billing Date'
            ],
            optional: [
                'Service Period Start Date',
                'Service Period End Date',
                'Description',
                'Tax Amt',
                'Country'
            ]
        }
    },
    account: {
        name: 'AccountDetails',
        columns: {
            required: [
                'Membership Status'
            ]
        }
    },
    history: {
        name: 'SubscriptionHistory',
        columns: {
            required: [
                'Subscription Opened Ts',
                'Subscription Closed Ts',
                'Signup Plan Category'
            ],
            optional: [
                'Plan Change Date',
                'Plan Change New Category',
                'Is Free Trial At Signup',
                'Cancellation Reason'
            ]
        }
    },
    viewing: {
        name: 'ViewingActivity',
        columns: {
            required: [
                'Profile Name',
                'Start Time',
                'Duration',
                'Title'
            ],
            optional: [
                'Supplemental Video Type',
                'Country'
            ]
        }
    },
    titles: {
        name: 'NetflixViewingHistory',
        columns: {
            required: [
                'Title',
                'Date'
            ]
        }
    }
};
/** Read in this order, whatever the order in the archive: subscriptions need what billing and account say. */ export const kinds = [
    'billing',
    'account',
    'history',
    'viewing',
    'titles'
];
/** By lower-cased base name; `.txt` is how an export says that a file is empty. */ export function kindByName(name) {
    const match = /^(.*)\.(csv|txt)$/.exec(name.toLowerCase());
    const kind = kinds.find((candidate)=>sheets[candidate].name.toLowerCase() === match?.[1]);
    return kind === undefined ? undefined : {
        kind,
        empty: match?.[2] === 'txt'
    };
}
/** By a bare file's first line. More specific headers first: `Title` alone also occurs in viewing activity. */ export function kindByHeader(header) {
    const cells = new Set(header.split(',').map((cell)=>cell.replace(/["\uFEFF]/g, '').trim().toLowerCase()));
    return kinds.find((kind)=>sheets[kind].columns.required.every((name)=>cells.has(name.toLowerCase())));
}

//# sourceMappingURL=sheets.js.map