import { Inject, Injectable } from '@nestjs/common';
import { requestOf, shortRequestOf } from '#lib/application/actors';
import { whyNotResumed } from '#lib/application/resuming';
import { backfillBody, emptyBody, pauseBody, scheduleId, triggerBody } from '#lib/contracts/api';
import type { Millis } from '#lib/domain/kernel';
import { manualRun } from '#lib/domain/schedule';
import { backfilledRuns } from '#lib/projections';
import { Engine } from '#lib/wiring';
import type { Call, Reply } from './call.js';
import { accepted, parse } from './input.js';
import { ScheduleApi } from './schedules.js';

/** How long a backfill waits until its runs can be told. */
const PATIENCE: Millis = 5_000;

/** The schedule decides any command against the version that its caller has seen. */
const seen = ({ ifVersion }: Call): { readonly ifVersion?: number } =>
  ifVersion === undefined ? {} : { ifVersion };

/** What can be done to a schedule besides changing it: each a command of its own. */
@Injectable()
export class ScheduleActionsApi {
  constructor(
    @Inject(Engine) private readonly engine: Engine,
    @Inject(ScheduleApi) private readonly schedules: ScheduleApi,
  ) {}

  pause(call: Call): Promise<Reply> {
    const { note, until } = parse(pauseBody, call.body ?? undefined);
    const { ifVersion } = call;
    return this.schedules.command(call, { type: 'PauseSchedule', cause: 'request', note, until, ifVersion });
  }

  /** Refused while the connection is suspended: it would only fail again. */
  async resume(call: Call): Promise<Reply> {
    parse(emptyBody, call.body ?? undefined);
    const { context, ifVersion } = call;
    const rejection = await whyNotResumed(this.engine.actors, parse(scheduleId, call.id, 'path'), context);
    if (rejection !== undefined) accepted({ ok: false, rejection }, this.engine);
    return this.schedules.command(call, { type: 'ResumeSchedule', ifVersion });
  }

  skipNext(call: Call): Promise<Reply> {
    parse(emptyBody, call.body ?? undefined);
    return this.schedules.command(call, { type: 'SkipNextOccurrence', ifVersion: call.ifVersion });
  }

  async trigger(call: Call): Promise<Reply> {
    const { overlap, operation } = parse(triggerBody, call.body ?? undefined);
    const request = requestOf(this.engine.environment.ids, call.context.idempotency?.key);
    const command = { type: 'TriggerRun', request, overlap, operation, ...seen(call) } as const;
    const { body } = await this.schedules.command(call, command);
    return { body: { ...body, run: manualRun(call.id, request) } };
  }

  async backfill(call: Call): Promise<Reply> {
    const range = parse(backfillBody, call.body);
    const request = shortRequestOf(this.engine.environment.ids, call.context.idempotency?.key);
    const command = { type: 'BackfillRange', request, ...range, ...seen(call) } as const;
    const { body } = await this.schedules.command(call, command);
    const { position } = body as { readonly position: number };
    // It is done, whether or not reads reflect it in time.
    const { readModel } = this.engine;
    await readModel.waitFor(position, PATIENCE);
    const runs = backfilledRuns(readModel, call.context.tenant, { schedule: call.id, request, ...range });
    return { body: { ...body, runs } };
  }
}
