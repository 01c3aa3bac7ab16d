import { wantsSubject, wantsType } from '#lib/domain/webhook';
import { deliverableStreams } from './lanes.js';
import { nameOf } from './name-of.js';
const PAGE = 256;
/**
 * What is wanted now, was not before, and passed between the change and its being known here: judged by the old words, it
 * was left out.
 */ export async function* widened({ before, now }, { after, through }, tenant, { store, subjects }) {
    let page;
    let cursor = after;
    do {
        page = await store.readAll(cursor, PAGE, deliverableStreams);
        for (const event of page){
            if (event.position > through) return;
            if (event.metadata.tenant !== tenant || !wantsType(now, event.type)) continue;
            const subject = await subjects.of(event);
            const told = before !== undefined && wantsType(before, event.type) && wantsSubject(before, subject);
            if (!told && wantsSubject(now, subject)) yield nameOf(event);
        }
        cursor = page.at(-1)?.position ?? through;
    }while (page.length === PAGE)
}

//# sourceMappingURL=widened.js.map