import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { CommandContext } from '#lib/application/actors';
import { CreateSchedulesMessage } from '#lib/application/commands';
import { isReused, type Creation, type CreationAnswer } from '#lib/application/creation';
import { breathing } from '#lib/application/validation';
import { createScheduleBody, scheduleBatch, toDefinition } from '#lib/contracts/api';
import type { Finding } from '#lib/domain/validation';
import { Engine } from '#lib/wiring';
import type { Call, Reply } from './call.js';
import { accepted, parse } from './input.js';
import { problemOf, rejected, type Problem } from './problem.js';
import { scheduleAnswer, warningsOf } from './schedules.js';

type Result = ReturnType<typeof scheduleAnswer>;
/** One schedule of a batch, as it is answered. */
export type BatchItem =
  { readonly ok: true; readonly result: Result } | { readonly ok: false; readonly problem: Problem };

/** Stopped on the way: only itself. */
class Stopped {
  constructor(readonly problem: Problem) {}
}
const goesOn = <T extends object>(item: T | Stopped): item is T => !(item instanceof Stopped);

type Warned = Creation & { readonly warnings: readonly Finding[] };

/** Schedules by the batch: each is judged, created and answered as if it had come by itself. */
@Injectable()
export class ScheduleBatchApi {
  constructor(
    @Inject(Engine) private readonly engine: Engine,
    @Inject(CommandBus) private readonly commands: CommandBus,
  ) {}

  async create({ context, body }: Call): Promise<Reply> {
    const { schedules } = parse(scheduleBatch, body, 'batch');
    const { creation, validation } = this.engine;
    const parsed = await this.#parsed(schedules, context);
    const read = parsed.filter(goesOn);
    const fresh = await creation.fresh(read, context);
    return validation.creating(fresh, context.tenant, async (found) => {
      const findingsOf = new Map(fresh.map(({ id }, at) => [id, found[at] ?? []]));
      const judged = parsed.map((item) => (goesOn(item) ? warned(item, findingsOf.get(item.id)) : item));
      return this.#created(judged, context);
    });
  }

  async #created(judged: readonly (Warned | Stopped)[], context: CommandContext) {
    const going = judged.filter(goesOn);
    const answers = await this.commands.execute(new CreateSchedulesMessage(going, context));
    assertNewRequest(answers);
    const results = answers.map((answer, at) => attempt(() => this.#result(answer, going[at]?.warnings)));
    const told = results.values();
    const items = judged.map((item) => (goesOn(item) ? told.next().value : item)).map(itemOf);
    const body = summary(items);
    const created: Reply = { body, retry: answers.some((answer) => 'outage' in answer) };
    return { created, position: body.position };
  }

  async #parsed(
    schedules: readonly unknown[],
    context: CommandContext,
  ): Promise<readonly (Creation | Stopped)[]> {
    const { creation, environment } = this.engine;
    const now = Math.floor(environment.clock.now());
    const breath = breathing(environment);
    const parsed: (Creation | Stopped)[] = [];
    for (const [index, id] of creation.scheduleIds(context, schedules.length).entries()) {
      await breath();
      parsed.push(
        attempt(() => ({ id, definition: toDefinition(parse(createScheduleBody, schedules[index]), now) })),
      );
    }
    return parsed;
  }

  #result(answer: CreationAnswer, warnings: readonly Finding[] | undefined): Result {
    if ('outage' in answer) throw answer.outage;
    return scheduleAnswer(accepted(answer, this.engine), warnings);
  }
}

const warned = (item: Creation, findings: readonly Finding[] = []): Warned | Stopped =>
  attempt(() => ({ ...item, warnings: warningsOf(findings) }));

/** A refusal or an outage stops the item it is about; a defect stops everything, loudly. */
function attempt<T>(work: () => T): T | Stopped {
  try {
    return work();
  } catch (error) {
    const known = problemOf(error);
    if (known === undefined) throw error;
    return new Stopped(known.problem);
  }
}

function itemOf(told: Result | Stopped | undefined): BatchItem {
  if (told === undefined) throw new Error('a schedule of a batch was not answered');
  return told instanceof Stopped ? { ok: false, problem: told.problem } : { ok: true, result: told };
}

/** @throws {ProblemException} 422 where the key was used for another request: that is said once. */
function assertNewRequest(answers: readonly CreationAnswer[]): void {
  const [first] = answers;
  if (first !== undefined && isReused(first)) throw rejected(first.rejection);
}

function summary(items: readonly BatchItem[]) {
  const results = items.flatMap((item) => (item.ok ? [item.result] : []));
  const repeated = results.filter((result) => result.repeated === true).length;
  return {
    created: results.length - repeated,
    repeated,
    refused: items.length - results.length,
    /** Reads at this position see all of them. */
    position: results.reduce((most, { position }) => Math.max(most, position), 0),
    items,
  };
}
