import { zip } from './zip-writer.js';
const DAY = 86_400_000;
const TITLES = [
    'Synthetic Shores: Season 1: Pilot',
    'The Demo, Part "Two"',
    'Placeholder Nights',
    'Ünïcode & Sons: Season 2: Exit'
];
/** The files of one export by path, with CRLF and a BOM as real ones have. Deterministic. */ export function netflixFiles(life = {}) {
    const { plan = 'STANDARD', membership = 'CURRENT_MEMBER' } = life;
    const opened = `${life.since ?? '2026-05'}-03 10:00:00`;
    return [
        {
            name: 'PAYMENT_AND_BILLING/BillingHistory.csv',
            text: csv(BILLING, bills(life))
        },
        {
            name: 'ACCOUNT/SubscriptionHistory.csv',
            text: csv(HISTORY, [
                [
                    opened,
                    'No',
                    '',
                    '',
                    plan,
                    '2',
                    'HD',
                    '',
                    '',
                    '',
                    '',
                    '',
                    '',
                    '',
                    ''
                ]
            ])
        },
        {
            name: 'ACCOUNT/AccountDetails.csv',
            text: csv(ACCOUNT, [
                [
                    'Demo',
                    'User',
                    'demo@example.invalid',
                    '',
                    'DE',
                    'DE',
                    'en',
                    membership
                ]
            ])
        },
        {
            name: 'CONTENT_INTERACTION/ViewingActivity.csv',
            text: csv(VIEWING, views(life))
        },
        {
            name: 'SURVEYS/ProductCancellationSurvey.txt',
            text: 'No data available.'
        }
    ];
}
export const netflixZip = (life = {})=>zip(netflixFiles(life));
/** `NetflixViewingHistory.csv`: one line per view, in whatever way dates are written. */ export const viewingHistory = (rows)=>csv([
        'Title',
        'Date'
    ], rows);
/** Quotes every cell, ends lines with CRLF and begins with a BOM. */ export function csv(header, rows) {
    const line = (cells)=>cells.map((cell)=>`"${cell.replaceAll('"', '""')}"`).join(',');
    return `\uFEFF${[
        header,
        ...rows
    ].map(line).join('\r\n')}\r\n`;
}
export const BILLING = [
    'Transaction Date',
    'Service Period Start Date',
    'Service Period End Date',
    'Description',
    'Payment Type',
    'Mop Last 4',
    'Mop Creation Date',
    'Mop Pmt Processor Desc',
    'Item Price Amt',
    'Currency',
    'Tax Amt',
    'Gross Sale Amt',
    'Pmt Txn Type',
    'Pmt Status',
    'Final Invoice Result',
    'Country',
    'Next Billing Date'
]; // prettier-ignore
const HISTORY = [
    'Subscription Opened Ts',
    'Is Free Trial At Signup',
    'Subscription Closed Ts',
    'Is Customer Initiated Cancel',
    'Signup Plan Category',
    'Signup Max Concurrent Streams',
    'Signup Max Streaming Quality',
    'Plan Change Date',
    'Plan Change Old Category',
    'Plan Change Old Max Concurrent Streams',
    'Plan Change Old Max Streaming Quality',
    'Plan Change New Category',
    'Plan Change New Max Concurrent Streams',
    'Plan Change New Max Streaming Quality',
    'Cancellation Reason'
]; // prettier-ignore
const ACCOUNT = [
    'First Name',
    'Last Name',
    'Email Address',
    'Phone Number',
    'Country Of Registration',
    'Country Of Signup',
    'Primary Lang',
    'Membership Status'
]; // prettier-ignore
export const VIEWING = [
    'Profile Name',
    'Start Time',
    'Duration',
    'Attributes',
    'Title',
    'Supplemental Video Type',
    'Device Type',
    'Bookmark',
    'Latest Bookmark',
    'Country'
]; // prettier-ignore
function bills(life) {
    const { months = 6, since = '2026-05', price = '12.99', currency = 'EUR' } = life;
    const [year = 2026, month = 5] = since.split('-').map(Number);
    const third = (offset)=>new Date(Date.UTC(year, month - 1 + offset, 3)).toISOString().slice(0, 10);
    const rows = [];
    for(let at = 0; at < months; at++){
        const row = [
            third(at),
            third(at),
            third(at + 1),
            'SUBSCRIPTION',
            'CC',
            '0000',
            '2024-01-01',
            'DEMO',
            price,
            currency,
            '2.07',
            price
        ];
        row.push('SALE', 'APPROVED', 'SETTLED', 'DE', third(at + 1));
        rows.push(row);
        if (life.doubled === true) rows.push(row);
    }
    return rows;
}
function views({ views: count = 40, since = '2026-05' }) {
    const first = Date.parse(`${since}-04T18:00:00Z`);
    return Array.from({
        length: count
    }, (_, at)=>{
        const start = new Date(first + at * DAY).toISOString().slice(0, 19).replace('T', ' ');
        const trailer = at % 10 === 9 ? 'TRAILER' : '';
        const title = TITLES[at % TITLES.length] ?? '';
        return [
            'Demo',
            start,
            '00:42:00',
            '',
            title,
            trailer,
            'Demo TV',
            '00:42:00',
            'Not latest view',
            'DE (Germany)'
        ];
    });
}

//# sourceMappingURL=netflix-files.js.map