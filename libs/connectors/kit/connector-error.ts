import type { ErrorClass } from '#lib/domain/retry';
import type { Millis } from '#lib/domain/kernel';

/**
 * What a connector throws when an attempt cannot go on. The message is shown to people and stored in events: it never
 * holds a secret, and it carries no `cause`, because causes from HTTP libraries hold headers.
 */
export class ConnectorError extends Error {
  override readonly name = 'ConnectorError';
  readonly class: ErrorClass;
  /** When the provider said (or we know) that trying sooner is useless, in milliseconds from now. */
  readonly retryAfterMs: Millis | undefined;
  /** A stable word for metrics: `http_403`, `UND_ERR_CONNECT_TIMEOUT`, `zip_encrypted`, … */
  readonly code: string | undefined;

  constructor(
    errorClass: ErrorClass,
    message: string,
    details: { readonly retryAfterMs?: Millis | undefined; readonly code?: string | undefined } = {},
  ) {
    super(message);
    this.class = errorClass;
    this.retryAfterMs = details.retryAfterMs;
    this.code = details.code;
  }
}

/** By name, not by `instanceof`: a connector may come from another copy of this package. */
export const isConnectorError = (error: unknown, errorClass?: ErrorClass): error is ConnectorError =>
  error instanceof Error &&
  error.name === 'ConnectorError' &&
  (errorClass === undefined || (error as ConnectorError).class === errorClass);
