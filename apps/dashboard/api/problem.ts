/** RFC 9457, as the service writes it; the same shape for what went wrong on the way there. */
export type FieldError = { readonly field: string; readonly message: string; readonly code?: string };

export type Problem = {
  readonly title: string;
  readonly detail: string;
  /** 0: no answer came. */
  readonly status: number;
  readonly type?: string;
  readonly errors?: readonly FieldError[];
};

/** Thrown by everything that asks the service. */
export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(readonly problem: Problem) {
    super(problem.detail);
  }
}

export const noAnswer: Problem = {
  title: 'No answer',
  detail: 'The service does not answer. It may be stopped, or the network in between is.',
  status: 0,
};

const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'title' in value && 'detail' in value;

/** Something between here and the service may answer in its stead, in its own words. */
export function problemOf(status: number, body: unknown): Problem {
  if (isProblem(body)) return { ...body, status };
  return { title: `Status ${status}`, detail: 'The answer is not one of this service.', status };
}

/** @returns what a person is to read, of whatever was thrown. */
export function told(error: unknown): Problem {
  if (error instanceof Refused) return error.problem;
  return {
    title: 'The page failed',
    detail: error instanceof Error ? error.message : String(error),
    status: 0,
  };
}
