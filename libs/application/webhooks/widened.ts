import { wantsSubject, wantsType, type WebhookFilter } from '#lib/domain/webhook';
import type { EventStore, RecordedEvent } from '#lib/event-store/port';
import { deliverableStreams } from './lanes.js';
import { nameOf, type Named } from './name-of.js';
import type { Subjects } from './subjects.js';

const PAGE = 256;

/** `before` undefined: what was told by then is not known, and is told again. */
type Filters = { readonly before: WebhookFilter | undefined; readonly now: WebhookFilter };
type Range = { readonly after: number; readonly through: number };

/**
 * What is wanted now, was not before, and passed between the change and its being known here: judged by the old words, it
 * was left out.
 */
export async function* widened(
  { before, now }: Filters,
  { after, through }: Range,
  tenant: string,
  { store, subjects }: { readonly store: Pick<EventStore, 'readAll'>; readonly subjects: Subjects },
): AsyncGenerator<Named> {
  let page: readonly RecordedEvent[];
  let cursor = after;
  do {
    page = await store.readAll(cursor, PAGE, deliverableStreams);
    for (const event of page) {
      if (event.position > through) return;
      if (event.metadata.tenant !== tenant || !wantsType(now, event.type)) continue;
      const subject = await subjects.of(event);
      const told = before !== undefined && wantsType(before, event.type) && wantsSubject(before, subject);
      if (!told && wantsSubject(now, subject)) yield nameOf(event);
    }
    cursor = page.at(-1)?.position ?? through;
  } while (page.length === PAGE);
}
