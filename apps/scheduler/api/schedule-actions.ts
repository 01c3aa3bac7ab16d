import { Inject, Injectable } from '@nestjs/common';
import { requestNamed } from '#lib/application/actors';
import { whyNotResumed } from '#lib/application/resuming';
import { backfillBody, emptyBody, pauseBody, scheduleId, triggerBody } from '#lib/contracts/api';
import type { Millis } from '#lib/domain/kernel';
import { backfillRun, manualRun } from '#lib/domain/schedule';
import { MAX_PAGE } from '#lib/projections';
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
    const key = call.context.idempotency?.key;
    // The run is named after the request, so that the same request names the same run.
    const request = key === undefined ? this.engine.environment.ids.next() : requestNamed(key);
    const command = { type: 'TriggerRun', request, overlap, operation, ...seen(call) } as const;
    const { body } = await this.schedules.command(call, command);
    return { body: { ...body, run: manualRun(call.id, request) } };
  }

  async backfill(call: Call): Promise<Reply> {
    const range = parse(backfillBody, call.body);
    const key = call.context.idempotency?.key;
    // Of an id its end, which is short in many names: it begins with the time at which it was made.
    const request = key === undefined ? this.engine.environment.ids.next().slice(-8) : requestNamed(key);
    const command = { type: 'BackfillRange', request, ...range, ...seen(call) } as const;
    const { body } = await this.schedules.command(call, command);
    const { position } = body as { readonly position: number };
    // It is done, whether or not reads reflect it in time.
    await this.engine.readModel.waitFor(position, PATIENCE);
    return { body: { ...body, runs: this.#backfilled(call, request, range) } };
  }

  /** Its runs, oldest first, whatever has become of them. */
  #backfilled(
    { id, context }: Call,
    request: string,
    { from, to }: { readonly from: number; readonly to: number },
  ): readonly string[] {
    const wanted = { schedule: id, trigger: 'backfill', from, to: to + 1 } as const;
    const runs: string[] = [];
    let cursor: string | undefined;
    do {
      const page = this.engine.readModel.runs(context.tenant, wanted, { cursor, limit: MAX_PAGE });
      for (const { run, nominal } of page.items)
        if (run === backfillRun(id, request, nominal)) runs.push(run);
      ({ cursor } = page);
    } while (cursor !== undefined);
    return runs.toReversed();
  }
}
