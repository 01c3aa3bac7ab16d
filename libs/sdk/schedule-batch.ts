import { z } from 'zod';
import { isReused, type CreationAnswer } from '#lib/application/creation';
import { createScheduleBody, toDefinition, type CreateScheduleInput } from '#lib/contracts/api';
import type { ScheduleDefinition } from '#lib/domain/schedule';
import { parse } from './parse.js';
import { RequestRejected } from './rejection.js';
import { refusalOf } from './schedule-validator.js';
import type { Session } from './session.js';

/** What became of one of many: its id, or what a single creation would have thrown. */
export type CreationResult =
  { readonly ok: true; readonly id: string } | { readonly ok: false; readonly error: Error };

const list = z.array(z.unknown(), 'must be an array of schedules');

type Read = { readonly index: number; readonly id: string; readonly definition: ScheduleDefinition };

/**
 * Reads, judges and creates, each item by itself. Answers them in their order, and the last position written.
 * @throws {RequestRejected} where the request's key was used for another request: then nothing of this one is done
 */
export async function createBatch(
  session: Session,
  inputs: readonly CreateScheduleInput[],
  key: string | undefined,
): Promise<{ readonly results: readonly CreationResult[]; readonly position: number }> {
  parse(list, inputs, 'schedules');
  const { creation, validation } = session.engine;
  const context = session.context({ key, target: 'schedules.create-batch', body: inputs });
  const results: CreationResult[] = [];
  const ids = creation.scheduleIds(context, inputs.length);
  const read = parsed(inputs, { ids, now: session.now, results });
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
      const definition = toDefinition(parse(createScheduleBody, input), now);
      return [{ index, id: ids[index] ?? '', definition }];
    } catch (error) {
      if (!(error instanceof RequestRejected)) throw error;
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
