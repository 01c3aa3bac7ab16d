import { z } from 'zod';
import type { CommandContext } from '#lib/application/actors';
import { asSent, type Asked, type Plan } from '#lib/application/bulk';
import {
  bulkChangeId,
  bulkChanges,
  bulkFilter,
  bulkPause,
  type BulkFilterInput,
  type UpdateScheduleInput,
} from '#lib/contracts/api';
import { tellOutcomes, type ToldOutcome } from '#lib/domain/bulk';
import type { BulkChangeRow } from '#lib/projections';
import {
  bulkOptions,
  date,
  noteOptions,
  type BulkOptions,
  type NoteOption,
  type PauseOptions,
  type RequestOptions,
} from './options.js';
import { itemsOf } from './pages.js';
import { parse } from './parse.js';
import { RequestRejected } from './rejection.js';
import type { Session } from './session.js';

/** One change, of every schedule that matches. */
export type BulkRequest = {
  /** Each field narrows; `{ all: true }` for every schedule. */
  readonly filter: BulkFilterInput;
  readonly change:
    | ({ readonly action: 'pause' } & PauseOptions)
    | { readonly action: 'resume' }
    | { readonly action: 'update'; readonly set: UpdateScheduleInput }
    | ({ readonly action: 'delete' } & NoteOption);
};

/** What a change would do: `changes` schedules would be changed, the others are so already, or refuse it. */
export type BulkPreview = Pick<Plan, 'matched' | 'unchanged' | 'refused' | 'refusals' | 'tooMany'> & {
  readonly changes: number;
};

const bulkRequest = z.strictObject({
  filter: bulkFilter,
  change: z.discriminatedUnion('action', [bulkPause(date), ...bulkChanges]),
});

/**
 * Changes asked of many schedules at once: told beforehand, carried out in the background while the scheduler is started,
 * and taken back. What somebody changes meanwhile is left alone. @throws {RequestRejected} from each
 */
export class BulkChangeManager {
  constructor(private readonly session: Session) {}

  /** What it would do; nothing is done. */
  async preview(request: BulkRequest): Promise<BulkPreview> {
    const { engine, tenant } = this.session;
    const { items, matched, unchanged, refused, refusals, tooMany } = await engine.bulkChanges.preview(
      asked(request),
      tenant,
    );
    return { changes: items.length, matched, unchanged, refused, refusals, tooMany };
  }

  /**
   * Resolves to its id once it is in the log; {@link over} waits until it is done. `expect`: how many schedules it is meant
   * for, as the preview said; needed to delete. @throws {RequestRejected} `nothing_to_change`, `other_than_expected`
   */
  async request(request: BulkRequest, options: BulkOptions = {}): Promise<string> {
    const { requestKey: key, expect } = parse(bulkOptions, options);
    const wanted = asked(request);
    if (wanted.change.action === 'delete' && expect === undefined)
      throw new RequestRejected({
        reason: 'invalid_request',
        message:
          'expect is needed to delete, which nothing takes back: preview it, and give its number of changes',
        field: 'expect',
      });
    const body = { ...request, expect };
    const context = this.session.context({ key, target: 'bulk-changes.request', body });
    const { bulkChanges } = this.session.engine;
    const id = bulkChanges.newId(context);
    await this.session.seen(bulkChanges.request(id, { ...wanted, expect }, context));
    return id;
  }

  /** Brings back what it changed and nobody has changed since. `options` may be the note alone. */
  async undo(id: string, options: string | (NoteOption & RequestOptions) = {}): Promise<void> {
    const { requestKey: key, note } = parse(noteOptions, options);
    const bulk = parse(bulkChangeId, id, 'id');
    const context: CommandContext = this.session.context({
      key,
      target: `bulk-changes.undo ${bulk}`,
      body: { note },
    });
    await this.session.seen(this.session.engine.bulkChanges.undo(bulk, note, context));
  }

  get(id: string): BulkChangeRow | undefined {
    const { engine, tenant } = this.session;
    return engine.readModel.bulkChange(tenant, parse(bulkChangeId, id, 'id'));
  }

  /** The newest first: all of them, or the first so many. */
  list(most?: number): readonly BulkChangeRow[] {
    const { engine, tenant } = this.session;
    return itemsOf((paging) => engine.readModel.bulkChanges(tenant, paging), most);
  }

  /** What became of each schedule, in the order of the plan. Undefined: there is no such bulk change. */
  async outcomes(id: string): Promise<readonly ToldOutcome[] | undefined> {
    const { engine, tenant } = this.session;
    const found = await engine.bulkChanges.find(parse(bulkChangeId, id, 'id'), tenant);
    return found === undefined ? undefined : tellOutcomes(found);
  }

  /** Resolves when nothing of it is left to be done: the change, or the undo that was asked for. */
  async over(id: string): Promise<BulkChangeRow> {
    const { observers } = this.session.engine;
    const ended = new Set(['BulkChangeCompleted', 'BulkUndoCompleted']);
    for (;;) {
      const next = Promise.withResolvers<void>();
      const stop = observers.listen((event) => {
        if (ended.has(event.type)) next.resolve();
      });
      try {
        await this.session.caughtUp();
        const row = this.get(id);
        if (row === undefined)
          throw new RequestRejected({
            reason: 'bulk_change_not_found',
            message: `there is no bulk change ${id}`,
          });
        if (row.status === 'completed' || row.status === 'undone') return row;
        await next.promise;
      } finally {
        stop();
      }
    }
  }
}

const asked = (request: BulkRequest): Asked => asSent(parse(bulkRequest, request), request);
