import { csv } from './netflix-files.js';
import { zip } from './zip-writer.js';
const DAY = 86_400_000;
const TITLES = [
    'Synthetic Shores',
    'The Demo, Part "Two"',
    'Placeholder Nights',
    'Ünïcode & Sons'
];
/** The header as the provider writes it: 28 columns. */ export const SUBSCRIPTIONS = [
    'SubscriptionId',
    'BaseSubscriptionId',
    'ShippingAddress',
    'Marketplace',
    'SubscriptionPlanId',
    'SubscriptionStatus',
    'SubscriptionStatusDate',
    'ActivePaymentPlanId',
    'Autorenew',
    'SubscriptionStartDate',
    'WalletCyclingPreferenceEnabled',
    'ServiceProvider',
    'RecordVersionNumber',
    'ContractTimeInterval',
    'Version',
    'HaveSubscriptionProblem',
    'MaxNumOfBeneficiaries',
    'ScheduledResumeDateForPausedSubscription',
    'CurrentPlanGifted',
    'BillingScheduleId',
    'NextBillDate',
    'NextBillAmount',
    'BaseCurrencyCode',
    'CurrentBillingPeriod',
    'BillingPeriodStartDate',
    'CurrentContractPeriod',
    'ContractPeriodStartDate',
    'ContractEndDate'
]; // prettier-ignore
export const PERIODS = [
    'SubscriptionId',
    'BillingScheduleItemId',
    'PeriodType',
    'PeriodStatus',
    'PeriodStartDate',
    'PeriodEndDate',
    'ChargeCompleted',
    'OrderId',
    'Marketplace'
]; // prettier-ignore
export const ITEMS = [
    'ASIN',
    'Title',
    'OrderId',
    'DigitalOrderItemId',
    'DeclaredCountryCode',
    'BaseCurrencyCode',
    'FulfilledDate',
    'IsFulfilled',
    'Marketplace',
    'OrderDate',
    'OriginalQuantity',
    'OurPrice',
    'OurPriceCurrencyCode',
    'OurPriceTax',
    'SubscriptionOrderInfoList'
]; // prettier-ignore
export const ORDERS = [
    'OrderId',
    'OrderStatus',
    'Marketplace',
    'OrderDate',
    'SubscriptionOrderType'
];
export const MONETARY = [
    'DigitalOrderItemId',
    'DeliveryPacketId',
    'AffectedItemQuantity',
    'TransactionAmount',
    'BaseCurrencyCode',
    'ClaimCode',
    'FXTransactionAmount',
    'FXCurrencyCode',
    'MonetaryComponentTypeCode',
    'OfferTypeCode'
]; // prettier-ignore
export const VIEWS = [
    'Playback Hour',
    'Operating System',
    'Browser',
    'Delivery Type',
    'City',
    'Country',
    'ISP',
    'State',
    'Content Quality Entitled',
    'Entitlement Type',
    'Video Type',
    'Audio Language',
    'Title'
]; // prettier-ignore
/** A row by column name; what is not given is `N/A`, as Amazon writes it. */ export const cells = (header, known)=>header.map((name)=>known[name] ?? 'N/A');
/** One row of `Subscriptions.csv`: an active yearly Prime, unless told otherwise. */ export const subscription = (known = {})=>cells(SUBSCRIPTIONS, {
        SubscriptionId: 'SUBDEMO1',
        ShippingAddress: '1 Canary Street, Nowhere',
        Marketplace: 'www.amazon.de',
        SubscriptionPlanId: 'PLAN0',
        SubscriptionStatus: 'Active',
        SubscriptionStatusDate: '2026-05-10',
        Autorenew: 'Yes',
        SubscriptionStartDate: '2024-01-10',
        ServiceProvider: 'Amazon Prime',
        RecordVersionNumber: '7',
        ContractTimeInterval: '1 Month',
        HaveSubscriptionProblem: 'No',
        CurrentPlanGifted: 'No',
        NextBillDate: '2026-11-10',
        NextBillAmount: '8.99',
        BaseCurrencyCode: 'EUR',
        BillingPeriodStartDate: '2026-10-10',
        ContractEndDate: '2026-11-10',
        ...known
    });
/** The files of one export by path, with CRLF, a BOM and quoted headers as real ones have. Deterministic. */ export function amazonFiles(life = {}) {
    const months = Array.from({
        length: life.months ?? 6
    }, (_, at)=>monthOf(life, at));
    const audible = {
        SubscriptionId: 'SUBDEMO2',
        SubscriptionStatus: 'Cancelled',
        Autorenew: 'No',
        ServiceProvider: 'Audible',
        NextBillDate: 'N/A',
        NextBillAmount: 'Not Available',
        BaseCurrencyCode: 'N/A',
        ContractEndDate: '2026-06-30'
    };
    return [
        {
            name: 'Digital.Subscriptions.2/Subscriptions.csv',
            text: csv(SUBSCRIPTIONS, [
                subscription(primeOf(life, months.at(-1))),
                subscription(audible)
            ])
        },
        {
            name: 'Digital.Subscriptions.2/Subscription Periods.csv',
            text: csv(PERIODS, months.map((month)=>month.period))
        },
        {
            name: 'Digital-Ordering.1/Digital Items.csv',
            text: csv(ITEMS, [
                ...months.map((month)=>month.item),
                BOOK
            ])
        },
        {
            name: 'Digital-Ordering.1/Digital Orders.csv',
            text: csv(ORDERS, months.map((month)=>month.order))
        },
        {
            name: 'Digital-Ordering.1/Digital Orders Monetary.csv',
            text: csv(MONETARY, months.flatMap((month)=>month.monetary))
        },
        {
            name: 'Digital.PrimeVideo.Viewinghistory.1/Digital.PrimeVideo.Viewinghistory.1.csv',
            text: csv(VIEWS, views(life))
        },
        {
            name: 'Digital.Subscriptions.2/Subscription Problems.txt',
            text: 'No data available.'
        }
    ]; // prettier-ignore
}
export const amazonZip = (life = {})=>zip(amazonFiles(life));
/** An order that belongs to no subscription. */ const BOOK = cells(ITEMS, {
    Title: 'An Unrelated Book',
    OrderId: 'D01-BOOK',
    DigitalOrderItemId: 'ITEM-BOOK',
    OrderDate: '2026-05-11',
    OurPrice: '4.99',
    OurPriceCurrencyCode: 'EUR'
});
const primeOf = (life, last)=>({
        SubscriptionStatus: life.status ?? 'Active',
        NextBillAmount: life.price ?? '8.99',
        BaseCurrencyCode: life.currency ?? 'EUR',
        ...last === undefined ? {} : {
            NextBillDate: last.end,
            BillingPeriodStartDate: last.start
        }
    });
function monthOf(life, at) {
    const { since = '2026-05', price = '8.99', currency = 'EUR', seed = 1 } = life;
    const [year = 2026, month = 5] = since.split('-').map(Number);
    const tenth = (offset)=>new Date(Date.UTC(year, month - 1 + offset, 10)).toISOString().slice(0, 10);
    const [start, end] = [
        tenth(at),
        tenth(at + 1)
    ];
    const ids = {
        OrderId: `D01-DEMO-${seed}-${start}`,
        DigitalOrderItemId: `ITEM-${seed}-${start}`
    };
    const money = {
        BaseCurrencyCode: currency,
        OurPriceCurrencyCode: currency
    };
    const booked = (code, amount)=>cells(MONETARY, {
            ...ids,
            ...money,
            TransactionAmount: amount,
            MonetaryComponentTypeCode: code
        });
    const item = {
        Title: 'Prime Membership',
        OrderDate: start,
        OurPrice: price,
        OurPriceTax: '1.44'
    };
    const paid = {
        PeriodStatus: 'Completed',
        ChargeCompleted: 'Yes',
        PeriodType: 'Paid'
    };
    return {
        start,
        end,
        period: cells(PERIODS, {
            ...ids,
            ...paid,
            SubscriptionId: 'SUBDEMO1',
            PeriodStartDate: start,
            PeriodEndDate: end
        }),
        item: cells(ITEMS, {
            ...ids,
            ...money,
            ...item
        }),
        order: cells(ORDERS, {
            ...ids,
            OrderStatus: 'Completed',
            OrderDate: start,
            SubscriptionOrderType: 'Renewal'
        }),
        monetary: [
            booked('Price', price),
            booked('Tax', '0.00')
        ]
    }; // prettier-ignore
}
function views({ views: count = 30, since = '2026-05', seed = 1 }) {
    const first = Date.parse(`${since}-11T20:00:00Z`);
    return Array.from({
        length: count
    }, (_, at)=>{
        const [date = '', time = ''] = new Date(first + at * DAY).toISOString().slice(0, 19).split('T');
        const [year, month, day] = date.split('-');
        return cells(VIEWS, {
            'Playback Hour': `${month}/${day}/${year} ${time}`,
            City: 'Canary City',
            Country: 'DE',
            'Entitlement Type': 'PRIME',
            'Video Type': 'TV Show',
            Title: TITLES[(at + seed) % TITLES.length] ?? ''
        });
    });
}

//# sourceMappingURL=amazon-files.js.map