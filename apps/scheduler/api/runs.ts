import { Inject, Injectable } from '@nestjs/common';
import { emptyBody, readQuery, runId, runsQuery } from '#lib/contracts/api';
import { publicEvent } from '#lib/contracts/integration';
import { scheduleStream } from '#lib/contracts/streams';
import { scheduleOfRun } from '#lib/domain/schedule';
import { Engine } from '#lib/wiring';
import type { Call, Reply } from './call.js';
import { assertUnversioned, notFound, parse, readAt, wrongQuery } from './input.js';
import { ScheduleApi } from './schedules.js';
import { runView } from './views.js';

const PAGE = 1_000;

@Injectable()
export class RunApi {
  constructor(
    @Inject(Engine) private readonly engine: Engine,
    @Inject(ScheduleApi) private readonly schedules: ScheduleApi,
  ) {}

  /** The occurrence ledger: runs, and what was skipped or missed, newest first. */
  async list({ context, query }: Call): Promise<Reply> {
    const { atLeast, cursor, limit, minLateness, ...filter } = parse(runsQuery, query, 'query');
    const { from = 0, to = Infinity } = filter;
    if (from >= to) throw wrongQuery('from', 'from must lie before to', 'empty_range');
    await readAt(this.engine, atLeast);
    const wanted = { ...filter, minLatenessMs: minLateness };
    const page = this.engine.readModel.runs(context.tenant, wanted, { cursor, limit });
    return { body: { items: page.items.map(runView), next: page.cursor ?? null } };
  }

  /** One run with the chain of events that made it what it is. */
  async get({ context, id, query }: Call): Promise<Reply> {
    await readAt(this.engine, parse(readQuery, query, 'query').atLeast);
    const run = this.engine.readModel.run(context.tenant, parse(runId, id, 'path'));
    if (run === undefined) throw notFound('run', id);
    return { body: { ...runView(run), events: (await this.#chain(id)).map(publicEvent) } };
  }

  cancel(call: Call): Promise<Reply> {
    return this.#command('CancelRun', call);
  }

  redrive(call: Call): Promise<Reply> {
    return this.#command('RedriveRun', call);
  }

  async #command(type: 'CancelRun' | 'RedriveRun', call: Call): Promise<Reply> {
    assertUnversioned('run', call);
    parse(emptyBody, call.body ?? undefined);
    const run = parse(runId, call.id, 'path');
    const { body } = await this.schedules.command({ ...call, id: scheduleOfRun(run) }, { type, run });
    return { body: { ...body, run } };
  }

  async #chain(id: string) {
    const stream = scheduleStream(scheduleOfRun(id));
    const events = [];
    for (let from = 0; ; from += PAGE) {
      const page = await this.engine.store.readStream(stream, { from, limit: PAGE });
      events.push(...page.filter((event) => (event.data as { readonly run?: unknown }).run === id));
      if (page.length < PAGE) return events;
    }
  }
}
