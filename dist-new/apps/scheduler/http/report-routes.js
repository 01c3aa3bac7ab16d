import { readQuery, recordsQuery, subscriptionsQuery, reportQuery, statisticsQuery } from '#lib/contracts/api';
/** Numbers, and what the syncs brought home. */ export const reportRoutes = [
    {
        method: 'get',
        path: '/v1/stats',
        id: 'getStats',
        summary: 'How things stand',
        query: readQuery,
        answer: 'Stats'
    },
    {
        method: 'get',
        path: '/v1/statistics',
        id: 'getStatistics',
        summary: 'Counts and quantiles by hour or day',
        query: statisticsQuery,
        answer: 'Statistics'
    },
    {
        method: 'get',
        path: '/v1/report',
        id: 'getReport',
        summary: 'Report for a range',
        query: reportQuery,
        answer: 'Report'
    },
    {
        method: 'get',
        path: '/v1/subscriptions',
        id: 'listSubscriptions',
        summary: 'Subscriptions, merged over all sources; a page is of so many users',
        query: subscriptionsQuery,
        answer: 'SubscriptionList'
    },
    {
        method: 'get',
        path: '/v1/subscriptions/{user}/{id}',
        id: 'getSubscription',
        summary: 'One subscription and how it changed',
        answer: 'SubscriptionWithHistory'
    },
    {
        method: 'get',
        path: '/v1/charges',
        id: 'listCharges',
        summary: 'Charges synced so far',
        query: recordsQuery,
        answer: 'ChargeList'
    },
    {
        method: 'get',
        path: '/v1/usage',
        id: 'listUsage',
        summary: 'Usage synced so far',
        query: recordsQuery,
        answer: 'UsageList'
    },
    {
        method: 'get',
        path: '/v1/resources',
        id: 'getResources',
        summary: 'Executors and what they use',
        answer: 'Resources'
    },
    {
        method: 'get',
        path: '/v1/queue',
        id: 'getQueue',
        summary: 'What waits and runs, and what stops the rest',
        answer: 'Queue'
    }
];

//# sourceMappingURL=report-routes.js.map