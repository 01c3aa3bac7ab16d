import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Unstamped } from '#lib/application/actors';
import { ConflictMessage } from '#lib/application/commands';
import { conflictsQuery, emptyBody, noteBody, readQuery } from '#lib/contracts/api';
import type { ConflictCommand } from '#lib/domain/conflict';
import { Engine } from '#lib/wiring';
import type { Call, Reply } from './call.js';
import { accepted, assertUnversioned, notFound, parse, readAt } from './input.js';
import { conflictView } from './views.js';

/** Conflicts as callers know them, whichever door they come through. */
@Injectable()
export class ConflictApi {
  constructor(
    @Inject(Engine) private readonly engine: Engine,
    @Inject(CommandBus) private readonly commands: CommandBus,
  ) {}

  async list({ context, query }: Call): Promise<Reply> {
    const { atLeast, cursor, limit, ...filter } = parse(conflictsQuery, query, 'query');
    await readAt(this.engine, atLeast);
    const page = this.engine.readModel.conflicts(context.tenant, filter, { cursor, limit });
    return { body: { items: page.items.map(conflictView), next: page.cursor ?? null } };
  }

  async get({ context, id, query }: Call): Promise<Reply> {
    await readAt(this.engine, parse(readQuery, query, 'query').atLeast);
    const row = this.engine.readModel.conflict(context.tenant, id);
    if (row === undefined) throw notFound('conflict', id);
    return { body: conflictView(row) };
  }

  acknowledge(call: Call): Promise<Reply> {
    const { note } = parse(noteBody, call.body ?? undefined);
    return this.#execute(call, { type: 'AcknowledgeConflict', id: call.id, note });
  }

  resolve(call: Call): Promise<Reply> {
    parse(emptyBody, call.body ?? undefined);
    return this.#execute(call, { type: 'ResolveConflict', id: call.id, resolution: 'request' });
  }

  async #execute(call: Call, command: Unstamped<ConflictCommand>): Promise<Reply> {
    assertUnversioned('conflict', call);
    const { id, context } = call;
    const { state, revision, position, events } = accepted(
      await this.commands.execute(new ConflictMessage(id, command, context)),
      this.engine,
    );
    const types = events.map((event) => event.type);
    return { body: { id, status: state.status, revision, position, events: types } };
  }
}
