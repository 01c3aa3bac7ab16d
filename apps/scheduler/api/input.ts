import type { z } from 'zod';
import type { Refused } from '#lib/application/actors';
import { checkInput } from '#lib/contracts/api';
import type { Engine } from '#lib/wiring';
import { problem, ProblemException, rejected } from './problem.js';

/** What every door into the service does with what came in, before and after its command. */

/** @throws {ProblemException} 422 for a body, 400 for what is around it, a query or path, with each field that was wrong. */
export function parse<S extends z.ZodType>(
  schema: S,
  value: unknown,
  what: 'body' | 'batch' | 'query' | 'path' | 'key' = 'body',
): z.output<S> {
  const checked = checkInput(schema, value, named[what]);
  if (checked.ok) return checked.value;
  const { errors, told } = checked;
  throw new ProblemException(
    problem(what === 'body' ? 422 : 400, `invalid_${what}`, `the ${what} ${told}`, { errors }),
  );
}

/** What is one value by itself: the name under which whoever sent it knows it. */
const named: Readonly<Partial<Record<string, string>>> = { path: 'id', key: 'Idempotency-Key' };

/** @throws {ProblemException} as the rejection says. */
export function accepted<Answer extends { readonly ok: true }>(
  answer: Answer | Refused,
  engine: Engine,
): Answer {
  if (answer.ok) return answer;
  engine.telemetry.rejections.inc({ reason: answer.rejection.reason });
  throw rejected(answer.rejection);
}

/** Of what has no version. @throws {ProblemException} 400 where the caller counts on one. */
export function assertUnversioned(
  what: 'run' | 'connection' | 'conflict',
  { ifVersion }: { readonly ifVersion?: number | undefined },
): void {
  if (ifVersion === undefined) return;
  const detail = `a ${what} has no version: leave out If-Match, or over NATS version`;
  throw new ProblemException(problem(400, 'version_not_taken', detail));
}

const PATIENCE = 5_000;

/** Waits until reads reflect a position. @throws {ProblemException} 409 when they do not in time. */
export async function readAt(engine: Engine, atLeast: number | undefined): Promise<void> {
  if (atLeast === undefined || (await engine.readModel.waitFor(atLeast, PATIENCE))) return;
  const position = engine.readModel.position();
  throw new ProblemException(
    problem(409, 'not_there_yet', `reads reflect position ${position}, not yet ${atLeast}; ask again`, {
      position,
    }),
    { 'retry-after': '1' },
  );
}

export const notFound = (what: string, id: string): ProblemException =>
  new ProblemException(problem(404, `${what}_not_found`, `there is no ${what} ${id.slice(0, 200)}`));

export const wrongQuery = (field: string, message: string, code: string): ProblemException =>
  new ProblemException(problem(400, 'invalid_query', message, { errors: [{ field, message, code }] }));
