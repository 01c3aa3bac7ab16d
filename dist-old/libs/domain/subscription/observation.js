export const factNames = [
    'plan',
    'status',
    'priceMinor',
    'currency',
    'interval',
    'renewsOn',
    'autoRenew',
    'startedOn',
    'endedOn'
];
/** A provider's own interface, a file that the provider made, or a bank that saw the money go. */ export const sources = [
    'api',
    'export',
    'bank'
];
export const isOver = ({ status })=>status === 'cancelled' || status === 'expired';
/** Its source tells of it, and not that it is over. */ export const isLiving = (observation)=>observation.goneSince === null && !isOver(observation);

//# sourceMappingURL=observation.js.map