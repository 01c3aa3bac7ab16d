/** Words of status that mean one of ours, in whatever spelling; what ends later (`pending cancellation`) has not ended. */ const statuses = {
    cancelled: [
        'canceled',
        'cancelled',
        'terminated',
        'closed'
    ],
    expired: [
        'expired',
        'lapsed',
        'ended',
        'incomplete expired'
    ],
    paused: [
        'paused',
        'suspended',
        'on hold'
    ],
    active: [
        'active'
    ]
};
const intervals = {
    day: [
        'daily',
        'p1d'
    ],
    week: [
        'weekly',
        'p1w',
        'p7d'
    ],
    month: [
        'monthly',
        'p1m'
    ],
    '3 month': [
        'quarterly',
        'quarter',
        'p3m'
    ],
    '6 month': [
        'p6m'
    ],
    year: [
        'yearly',
        'annual',
        'annually',
        'p1y',
        'p12m'
    ]
};
const ours = (words)=>new Map(Object.entries(words).flatMap(([our, theirs])=>theirs.map((word)=>[
                word,
                our
            ])));
const known = {
    status: ours(statuses),
    interval: ours(intervals)
};
/** What anybody calls the status or the interval of a subscription, in our words. One that is not known stays as it is. */ export function ourWord(fact, said) {
    const word = said.trim().toLowerCase().replaceAll(/[\s_-]+/g, ' ');
    return known[fact].get(word) ?? said;
}

//# sourceMappingURL=words.js.map