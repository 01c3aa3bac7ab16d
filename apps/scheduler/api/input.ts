import type { z } from 'zod';
import type { Refused } from '#lib/application/actors';
import type { Engine } from '#lib/wiring';
import { problem, ProblemException, rejected, type FieldError } from './problem.js';

/** What every door into the service does with what came in, before and after its command. */

const fieldOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : text === '' ? String(part) : `${text}.${String(part)}`,
    '',
  );

/** The innermost reasons: of a union, those of the branch that came closest. */
function errorsOf(issues: readonly z.core.$ZodIssue[], prefix: readonly PropertyKey[] = []): FieldError[] {
  return issues.flatMap((issue): FieldError[] => {
    const path = [...prefix, ...issue.path];
    if (issue.code === 'invalid_union' && issue.errors.length > 0) {
      const closest = issue.errors
        .map((branch) => errorsOf(branch, path))
        .sort((a, b) => depth(b) - depth(a) || a.length - b.length)[0];
      if (closest !== undefined && depth(closest) > 0) return closest;
    }
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        field: fieldOf([...path, key]),
        message: issue.message,
        code: 'unknown_field',
      }));
    }
    return [{ field: fieldOf(path), message: issue.message, code: issue.code }];
  });
}

/** Of a field that is not known: which ones are. Everything else is said by the schema. */
const unknownField: z.core.$ZodErrorMap = ({ code, inst }) => {
  if (code !== 'unrecognized_keys') return undefined;
  const { shape = {} } = (inst?._zod.def ?? {}) as { readonly shape?: object };
  const known = Object.keys(shape).toSorted().join(', ');
  return known === '' ? 'is not a known field' : `is not a known field; there are ${known}`;
};

const depth = (errors: readonly FieldError[]): number =>
  Math.max(0, ...errors.map(({ field }) => field.split(/[.[]/).length));

/** Told of one request: nobody reads more, and an answer must not be many times what it answers. */
const MOST_ERRORS = 50;

/** @throws {ProblemException} 422 for a body, 400 for what is around it, a query or path, with each field that was wrong. */
export function parse<S extends z.ZodType>(
  schema: S,
  value: unknown,
  what: 'body' | 'batch' | 'query' | 'path' = 'body',
): z.output<S> {
  const parsed = schema.safeParse(value, { error: unknownField });
  if (parsed.success) return parsed.data;
  const all = errorsOf(parsed.error.issues);
  const errors = all.slice(0, MOST_ERRORS);
  const detail = errors
    .map(({ field, message }) => (field === '' ? message : `${field}: ${message}`))
    .join('; ');
  throw new ProblemException(
    problem(
      what === 'body' ? 422 : 400,
      `invalid_${what}`,
      `the ${what} is not valid${all.length > errors.length ? ` in ${all.length} places` : ''}: ${detail.slice(0, 1_000)}`,
      { errors },
    ),
  );
}

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
