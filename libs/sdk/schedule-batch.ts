import { ZodError } from 'zod';
import type { CommandContext } from '#lib/application/actors';
import { isReused, type CreationAnswer } from '#lib/application/creation';
import { parseSchedule, type CreateScheduleInput } from '#lib/contracts/api';
import type { ScheduleDefinition } from '#lib/domain/schedule';
import type { Engine } from '#lib/wiring';
import { RequestRejected } from './rejection.js';
import { refusalOf } from './schedule-validator.js';

/** What became of one of many: its id, or what a single creation would have thrown. */
export type CreationResult =
  { readonly ok: true; readonly id: string } | { readonly ok: false; readonly error: Error };

type Read = { readonly index: number; readonly id: string; readonly definition: ScheduleDefinition };

/**
 * Reads, judges and creates, each item by itself. Answers them in their order, and the last position written.
 * @throws {RequestRejected} where the request's key was used for another request: then nothing of this one is done
 */
export async function createBatch(
  { creation, validation, environment }: Engine,
  inputs: readonly CreateScheduleInput[],
  context: CommandContext,
): Promise<{ readonly results: readonly CreationResult[]; readonly position: number }> {
  const results: CreationResult[] = [];
  const ids = creation.scheduleIds(context, inputs.length);
  const read = parsed(inputs, { ids, now: Math.floor(environment.clock.now()), results });
  const fresh = await creation.fresh(read, context);
  return validation.creating(fresh, context.tenant, async (findings) => {
    const refused = new Map(fresh.map(({ id }, at) => [id, refusalOf(findings[at] ?? [])]));
    const good = read.filter(({ index, id }) => {
      const error = refused.get(id);
      if (error !== undefined) results[index] = { ok: false, error };
      return error === undefined;
    });
    let position = 0;
    for (const [at, answer] of (await creation.createMany(good, context)).entries()) {
      if (isReused(answer)) throw new RequestRejected(answer.rejection);
      if (answer.ok) position = Math.max(position, answer.position);
      const { index = -1, id = '' } = good[at] ?? {};
      results[index] = resultOf(answer, id);
    }
    return { created: { results, position }, position };
  });
}

/** What is no schedule by its form is answered at once. */
function parsed(
  inputs: readonly CreateScheduleInput[],
  {
    ids,
    now,
    results,
  }: { readonly ids: readonly string[]; readonly now: number; readonly results: CreationResult[] },
): readonly Read[] {
  return inputs.flatMap((input, index): Read[] => {
    try {
      return [{ index, id: ids[index] ?? '', definition: parseSchedule(input, now) }];
    } catch (error) {
      if (!(error instanceof ZodError)) throw error;
      results[index] = { ok: false, error };
      return [];
    }
  });
}

function resultOf(answer: CreationAnswer, id: string): CreationResult {
  if (answer.ok) return { ok: true, id };
  return {
    ok: false,
    error: 'outage' in answer ? answer.outage : new RequestRejected(answer.rejection),
  };
}
