import { isCommandOutage } from '#lib/application/actors';
import type { FieldError } from '#lib/contracts/api';
import { iso, type Rejection } from '#lib/domain/kernel';
import { isEventStoreError } from '#lib/event-store/port';
import { isUnreadable } from '#lib/ports';
import { InvalidCursor } from '#lib/projections';

/** RFC 9457 problem details. `type` is a stable URN; `errors` locates what was wrong, field by field. */
export type Problem = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance?: string;
  readonly errors?: readonly FieldError[];
  readonly [extension: string]: unknown;
};

export type { FieldError };

/** Thrown by controllers, written by the filter: the one way a request ends other than well. */
export class ProblemException extends Error {
  override readonly name = 'ProblemException';
  constructor(
    readonly problem: Problem,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(problem.detail);
  }
}

const titles: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Not authenticated',
  403: 'Refused',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  412: 'Precondition failed',
  413: 'Too large',
  408: 'Request timeout',
  414: 'Address too long',
  415: 'Unsupported media type',
  422: 'Not acceptable as it is',
  428: 'Precondition required',
  429: 'Too many requests',
  431: 'Headers too large',
  500: 'Internal error',
  503: 'Unavailable for now',
  507: 'Storage full',
};

export const problem = (
  status: number,
  code: string,
  detail: string,
  more: Readonly<Record<string, unknown>> = {},
): Problem => ({
  type: `urn:syncopate:problem:${code.replaceAll('_', '-')}`,
  title: titles[status] ?? 'Error',
  status,
  detail,
  ...more,
});

/** The HTTP status of each rejection that is not simply "in conflict with the present state" (409). */
const statusOf: Readonly<Record<string, number>> = {
  schedule_not_found: 404,
  schedule_deleted: 404,
  not_found: 404,
  run_not_found: 404,
  conflict_not_found: 404,
  parked_event_not_found: 404,
  webhook_not_found: 404,
  bulk_change_not_found: 404,
  other_than_expected: 412,
  too_many_schedules: 422,
  stale_version: 412,
  invalid_pause: 422,
  invalid_backfill: 422,
  invalid_replay: 422,
  url_not_allowed: 422,
  no_such_position: 422,
  sync_state_too_large: 413,
  idempotency_key_reused: 422,
  invalid_schedule: 422,
};

/** Of what a decider says, whose names are ours: numbers under such names are instants, shown as ISO 8601. */
function isoDeep(value: unknown, key = ''): unknown {
  if (typeof value === 'number' && /(At|^from|^to|^nominal)$/.test(key)) return iso(value);
  if (Array.isArray(value)) return value.map((item) => isoDeep(item, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, isoDeep(inner, name)]));
}

/** What a decider refused, as the caller reads it. */
export function rejected(rejection: Rejection): ProblemException {
  const status = statusOf[rejection.reason] ?? 409;
  const { field, message: said, reason: code } = rejection;
  // At the field its name is left out.
  const message = said.startsWith(`${field}: `) ? said.slice(`${field}: `.length) : said;
  const errors = field === undefined ? {} : { errors: [{ field, message, code }] };
  const details = isoDeep(rejection.details ?? {}) as Readonly<Record<string, unknown>>;
  return new ProblemException(
    problem(status, rejection.reason, rejection.message, { ...details, ...errors }),
  );
}

/** A problem and the headers that go with it. */
export type Answered = {
  readonly problem: Problem;
  readonly headers: Readonly<Record<string, string>>;
};

/** Our fault: the id finds it in the log, and nothing else is said. */
export const internal = (id: string): Problem =>
  problem(500, 'internal_error', `something went wrong on our side; it is logged as ${id}`, { errorId: id });

/** What the caller is told about an error that is not a defect of ours; undefined for those. */
export function problemOf(error: unknown): Answered | undefined {
  if (error instanceof ProblemException) return error;
  if (error instanceof InvalidCursor) {
    const detail = `${error.message}; leave it out to begin at the start`;
    return { problem: problem(400, error.code, detail), headers: {} };
  }
  if (error instanceof Error && error.name === 'RangeTooLarge') {
    const detail = `the range is too long: ${error.message}; ask for less of it at a time, or for one subject`;
    const errors = [{ field: 'from', message: error.message, code: 'range_too_large' }];
    return { problem: problem(400, 'invalid_query', detail, { errors }), headers: {} };
  }
  if (error instanceof Error && error.name === 'UploadEmpty')
    return { problem: problem(422, 'empty_file', error.message), headers: {} };
  if (error instanceof Error && error.name === 'UploadTooLarge')
    return { problem: problem(413, 'file_too_large', error.message), headers: {} };
  if (error instanceof Error && error.name === 'UploadStorageFull') return away(507, 'storage_full', error);
  const sealed = vaultRefusal(error);
  if (sealed !== undefined) return { problem: sealed, headers: {} };
  const code = isCommandOutage(error) || isEventStoreError(error) ? error.code : undefined;
  if (code === 'storage_full') return away(507, code, error);
  // Nothing was lost: try again later.
  return code === 'store_unavailable' || code === 'contention' || code === 'shutting_down'
    ? away(503, code, error)
    : undefined;
}

/** Of stored credentials, by name: the vault is an adapter. Its messages hold no secret. */
function vaultRefusal(error: unknown): Problem | undefined {
  if (!(error instanceof Error) || error.name !== 'VaultError') return undefined;
  const { code } = error as Error & { readonly code?: unknown };
  if (code === 'secrets_invalid') return problem(422, 'invalid_credentials', error.message);
  return isUnreadable(error)
    ? problem(409, 'credentials_unreadable', `${error.message}; or connect again`)
    : undefined;
}

/** Nothing is wrong with the request: the same one, later, may be taken. */
export const isOutage = ({ problem: { status } }: Answered): boolean => status === 503 || status === 507;

const away = (status: number, code: string, error: unknown): Answered => ({
  problem: problem(status, code, (error as Error).message),
  headers: { 'retry-after': '2' },
});
