import { z } from 'zod';
import { eventCatalogue, eventTypes } from '#lib/contracts/events';
import { DAY } from '#lib/domain/kernel';
import { duration, name, provider, scheduleId, text } from './primitives.js';
/** Requests about webhooks. Where they may go is the operator's to say, and checked behind these. */ /** Everything but what is told of webhooks themselves. */ export const deliverableTypes = eventTypes.filter((type)=>eventCatalogue[type].stream !== 'webhook');
const MOST_URL = 2_048;
const MOST_NAMED = 100;
const url = z.string().max(MOST_URL).refine((value)=>URL.canParse(value), 'must be a URL like "https://example.com/syncopate"');
const some = (item)=>z.array(item).min(1).max(MOST_NAMED);
const types = some(z.enum(deliverableTypes, {
    error: `must be a type of event; there are ${deliverableTypes.join(', ')}`
}));
const filter = z.strictObject({
    types: types.optional(),
    schedules: some(scheduleId).optional(),
    users: some(name).optional(),
    connections: some(name).optional(),
    providers: some(provider).optional()
});
export const createWebhookBody = z.strictObject({
    url,
    description: text(500).optional(),
    /** Each list narrows; without any, every event is told. */ filter: filter.default({})
});
/** What is named changes; a description of null is taken away, and a filter replaces the whole of it. */ export const updateWebhookBody = z.strictObject({
    url: url.optional(),
    description: text(500).nullable().optional(),
    filter: filter.optional()
}).refine((body)=>Object.keys(body).length > 0, 'names nothing to change: url, description or filter');
/** `now`: what happened meanwhile is skipped; else it goes on where it stopped. */ export const enableWebhookBody = z.strictObject({
    from: z.enum([
        'where_it_stopped',
        'now'
    ]).default('where_it_stopped')
}).default({
    from: 'where_it_stopped'
});
/** How long what is sent is signed with the secret before, too. */ export const rotateSecretBody = z.strictObject({
    overlap: duration(0, 30 * DAY).default(DAY)
}).default({
    overlap: DAY
});
const POSITION = 'must be a position of the log: a whole number, or 0 for its beginning';
const position = z.number(POSITION).int(POSITION).min(0, POSITION).max(Number.MAX_SAFE_INTEGER, POSITION);
/** Positions of the log, as events and deliveries name them: after the first, up to the second. */ export const replayBody = z.strictObject({
    after: position,
    through: position
}).refine(({ after, through })=>through > after, {
    path: [
        'through'
    ],
    message: 'must be a later position than after'
});
/** Without what is absent, so that equal definitions are equal. */ const filterOf = (given)=>Object.fromEntries(Object.entries(given).filter(([, value])=>value !== undefined));
export const toWebhook = ({ url: to, description, filter: wanted })=>({
        url: to,
        ...description === undefined ? {} : {
            description
        },
        filter: filterOf(wanted)
    });
export function changedWebhook(before, changes) {
    const description = changes.description === undefined ? before.description : changes.description;
    return {
        url: changes.url ?? before.url,
        ...description === undefined || description === null ? {} : {
            description
        },
        filter: changes.filter === undefined ? before.filter : filterOf(changes.filter)
    };
}

//# sourceMappingURL=webhook-body.js.map