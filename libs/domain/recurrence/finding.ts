/** One thing that is wrong with a recurrence (`error`: it is refused), or that its owner should know (`warning`). */
export type RecurrenceFinding = {
  readonly severity: 'error' | 'warning';
  /** Stable name from a closed list. */
  readonly code: string;
  /** Where in the recurrence, e.g. `times[0]`. */
  readonly field: string;
  /** What was wrong, and what would be right. */
  readonly message: string;
};

export const error = (code: string, field: string, message: string): RecurrenceFinding => ({
  severity: 'error',
  code,
  field,
  message,
});

export const warning = (code: string, field: string, message: string): RecurrenceFinding => ({
  ...error(code, field, message),
  severity: 'warning',
});
