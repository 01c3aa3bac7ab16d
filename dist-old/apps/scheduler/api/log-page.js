import { logQuery } from '#lib/contracts/api';
import { publicEvent } from '#lib/contracts/integration';
import { parse } from './input.js';
/** A page of one stream's own log, oldest first: its end, or what comes before `before`. */ export async function logPage(store, stream, query) {
    const { limit, before } = parse(logQuery, query, 'query');
    const from = before === undefined ? {} : {
        from: before - 1
    };
    const events = before === 0 ? [] : await store.readStream(stream, {
        backwards: true,
        limit,
        ...from
    });
    const earliest = events.at(-1)?.revision ?? 0;
    return {
        items: events.toReversed().map(publicEvent),
        next: earliest === 0 ? null : earliest
    };
}

//# sourceMappingURL=log-page.js.map