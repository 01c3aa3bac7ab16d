import { z } from 'zod';
import { isRequestKey, REQUEST_KEY_RULE } from '#lib/application/actors';
import { instant, noteBody, pauseBody, removeBody, suspendBody, triggerBody } from '#lib/contracts/api';
import type { OperationType, OverlapPolicy } from '#lib/domain/schedule';

/** For every request that makes or changes something. */
export type RequestOptions = {
  /**
   * A name of the caller's for this very request, 1 to 128 visible ASCII characters: made again under the same, after a
   * crash say, it is answered like the first time and does nothing twice. Under another body it is refused.
   */
  readonly requestKey?: string | undefined;
};

/** For changes to what has versions: schedules and webhooks. */
export type ChangeOptions = RequestOptions & {
  /** The version that the caller has read: refused with `stale_version` where it has changed since. */
  readonly version?: number | undefined;
};

/** Why, for people: one line of at most 500 characters. It is stored with the event. */
export type NoteOption = { readonly note?: string | undefined };

export type PauseOptions = NoteOption & {
  /** When it ends by itself. Absent: when it is resumed. */
  readonly until?: Date | undefined;
};

export type TriggerOptions = ChangeOptions & {
  /** In place of the schedule's own, for this run: what is done where another is still open. */
  readonly overlap?: OverlapPolicy | undefined;
  /** In place of the schedule's own, for this run. */
  readonly operation?: OperationType | undefined;
};

export type BulkOptions = RequestOptions & {
  /** How many schedules are to be changed, as the preview said: where it is another number by now, none is. */
  readonly expect?: number | undefined;
};

export type SuspendOptions = RequestOptions & {
  /** What its schedules say of why they are paused: one line of at most 500 characters. */
  readonly message?: string | undefined;
};

export type RemoveOptions = RequestOptions &
  NoteOption & {
    /** `forget`: what was synced over it goes too. Default `keep`. */
    readonly records?: 'keep' | 'forget' | undefined;
  };

/** A moment as callers of the SDK give it; the same bounds as over HTTP. */
export const date = z
  .date('must be a Date, and a valid one')
  .transform((value) => value.toISOString())
  .pipe(instant);

const keyShape = { requestKey: z.string().refine(isRequestKey, REQUEST_KEY_RULE).optional() };
const versionShape = { version: z.int().min(1).optional() };
const noteShape = noteBody.unwrap().shape;
const pauseShape = { ...pauseBody.unwrap().shape, until: date.optional() };

/** What callers name besides what it is about. Fields that are not known are refused, with those that are. */
export const requestOptions = z.strictObject(keyShape).prefault({});
export const changeOptions = z.strictObject({ ...keyShape, ...versionShape }).prefault({});
export const pauseOptions = z.strictObject({ ...keyShape, ...pauseShape }).prefault({});
export const pauseScheduleOptions = z
  .strictObject({ ...keyShape, ...versionShape, ...pauseShape })
  .prefault({});
export const triggerOptions = z
  .strictObject({ ...keyShape, ...versionShape, ...triggerBody.unwrap().shape })
  .prefault({});
export const suspendOptions = z.strictObject({ ...keyShape, ...suspendBody.unwrap().shape }).prefault({});
export const removeOptions = z.strictObject({ ...keyShape, ...removeBody.unwrap().shape }).prefault({});

export const bulkOptions = z.strictObject({ ...keyShape, expect: z.int().min(1).optional() }).prefault({});

export const enableOptions = z
  .strictObject({ ...keyShape, fromNow: z.boolean().default(false) })
  .prefault({});

const orNote = <Options extends z.ZodType>(options: Options) =>
  z.preprocess((value = {}) => (typeof value === 'string' ? { note: value } : value), options);

/** A note alone, or with the rest of what may be named. */
export const noteOptions = orNote(z.strictObject({ ...keyShape, ...noteShape }));
export const endOptions = orNote(z.strictObject({ ...keyShape, ...versionShape, ...noteShape }));
