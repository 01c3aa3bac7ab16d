/** Errors by `code` and guard, not by `instanceof`: they survive worker threads and duplicated packages. */
export type EventStoreErrorCode =
  | 'wrong_expected_revision'
  | 'storage_full'
  | 'store_unavailable'
  | 'event_too_large'
  | 'corrupt_event'
  | 'store_in_use'
  | 'store_unsafe';

export class EventStoreError extends Error {
  override readonly name = 'EventStoreError';
  constructor(
    readonly code: EventStoreErrorCode,
    message: string,
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

export const isEventStoreError = (error: unknown, code?: EventStoreErrorCode): error is EventStoreError =>
  error instanceof Error &&
  error.name === 'EventStoreError' &&
  (code === undefined || (error as EventStoreError).code === code);

export const wrongExpectedRevision = (stream: string, expected: number, actual: number): EventStoreError =>
  new EventStoreError(
    'wrong_expected_revision',
    `stream ${stream} is at revision ${actual}, not ${expected}`,
    { stream, expected, actual },
  );

export const storageFull = (): EventStoreError =>
  new EventStoreError('storage_full', 'the disk under the event log is full; nothing was stored');

/** Nothing can be said about the outcome, or the store cannot be reached: append the same ids again to settle it. */
export const storeUnavailable = (why: string): EventStoreError =>
  new EventStoreError('store_unavailable', `the event store is unavailable: ${why}`);

export const eventTooLarge = (type: string, bytes: number, limit: number): EventStoreError =>
  new EventStoreError('event_too_large', `event ${type} has ${bytes} bytes; ${limit} is the most`, {
    type,
    bytes,
    limit,
  });

/** A stored event no longer matches its checksum: reading stops here, loudly, rather than skip it. */
export const corruptEvent = (stream: string, revision: number, position: number): EventStoreError =>
  new EventStoreError(
    'corrupt_event',
    `event ${revision} of ${stream} (position ${position}) does not match its checksum`,
    { stream, revision, position },
  );

export const storeInUse = (path: string): EventStoreError =>
  new EventStoreError(
    'store_in_use',
    `${path} is in use by another process; one process at a time may open an event log`,
    { path },
  );

export const storeUnsafe = (why: string): EventStoreError => new EventStoreError('store_unsafe', why);
