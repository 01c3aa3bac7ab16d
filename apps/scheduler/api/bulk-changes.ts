import { Inject, Injectable } from '@nestjs/common';
import type { CommandAnswer, Accepted } from '#lib/application/actors';
import { asSent } from '#lib/application/bulk';
import {
  bulkChangeBody,
  bulkChangeId,
  bulkChangesQuery,
  bulkPreviewBody,
  bulkSchedulesQuery,
  noteBody,
  readQuery,
} from '#lib/contracts/api';
import { isAsked, toUndo, type BulkState } from '#lib/domain/bulk';
import { Engine } from '#lib/wiring';
import { bulkChangeView, bulkPreviewView, bulkScheduleViews } from './bulk-views.js';
import type { Call, Reply } from './call.js';
import { accepted, notFound, parse, readAt } from './input.js';

/** Changes asked of many schedules, as callers know them. */
@Injectable()
export class BulkChangeApi {
  constructor(@Inject(Engine) private readonly engine: Engine) {}

  /** What it would do. */
  async preview({ context, body }: Call): Promise<Reply> {
    const asked = asSent(parse(bulkPreviewBody, body), body);
    return { body: bulkPreviewView(await this.engine.bulkChanges.preview(asked, context.tenant)) };
  }

  async request({ context, body }: Call): Promise<Reply> {
    const { expect, ...parsed } = parse(bulkChangeBody, body);
    const { bulkChanges } = this.engine;
    const id = bulkChanges.newId(context);
    const answer = await bulkChanges.request(id, { ...asSent(parsed, body), expect }, context);
    return { ...this.#reply(id, answer), location: `/v1/bulk-changes/${id}` };
  }

  async undo({ context, id, body }: Call): Promise<Reply> {
    const { note } = parse(noteBody, body ?? undefined);
    const bulk = parse(bulkChangeId, id, 'path');
    return this.#reply(bulk, await this.engine.bulkChanges.undo(bulk, note, context));
  }

  async list({ context, query }: Call): Promise<Reply> {
    const { atLeast, ...paging } = parse(bulkChangesQuery, query, 'query');
    await readAt(this.engine, atLeast);
    const page = this.engine.readModel.bulkChanges(context.tenant, paging);
    return { body: { items: page.items.map(bulkChangeView), next: page.cursor ?? null } };
  }

  async get({ context, id, query }: Call): Promise<Reply> {
    await readAt(this.engine, parse(readQuery, query, 'query').atLeast);
    const row = this.engine.readModel.bulkChange(context.tenant, parse(bulkChangeId, id, 'path'));
    if (row === undefined) throw notFound('bulk_change', id);
    return { body: bulkChangeView(row) };
  }

  /** What became of each schedule, of the log itself. */
  async schedules({ context, id, query }: Call): Promise<Reply> {
    const asked = parse(bulkSchedulesQuery, query, 'query');
    const state = await this.engine.bulkChanges.find(parse(bulkChangeId, id, 'path'), context.tenant);
    if (state === undefined) throw notFound('bulk_change', id);
    return { body: bulkScheduleViews(state, asked) };
  }

  #reply(id: string, answer: CommandAnswer<BulkState>): Reply {
    const { state, revision, position, events, repeated }: Accepted<BulkState> = accepted(
      answer,
      this.engine,
    );
    if (!isAsked(state)) throw new Error(`bulk change ${id} was not asked for`);
    const undoing = state.status === 'undoing' || state.status === 'undone';
    return {
      body: {
        id,
        status: state.status,
        planned: undoing ? toUndo(state).length : state.items.length,
        revision,
        position,
        events: events.map((event) => event.type),
        ...(repeated ? { repeated } : {}),
      },
    };
  }
}
