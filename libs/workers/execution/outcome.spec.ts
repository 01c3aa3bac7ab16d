import { expect, test } from '@jest/globals';
import type { SyncOutcome } from '#lib/ports';
import { asCheckpoint, asReported } from './outcome.js';

const counts = { read: 3, written: 2, rejected: 1 };
const cyclic: { self?: object } = {};
cyclic.self = cyclic;

test.each<[string, unknown, string]>([
  ['nothing', undefined, 'malformed_outcome'],
  ['what another interface has', { recordsRead: 1 }, 'malformed_outcome'],
  ['a kind that there is not', { kind: 'done', counts }, 'malformed_outcome'],
  ['success without counts', { kind: 'succeeded' }, 'malformed_outcome'],
  ['less than nothing read', { kind: 'succeeded', counts: { ...counts, read: -1 } }, 'not_a_number'],
  ['half a record', { kind: 'succeeded', counts: { ...counts, written: 1.5 } }, 'not_a_number'],
  ['a state that is a text', { kind: 'succeeded', counts, state: 'page 7' }, 'malformed_outcome'],
  ['a state that refers to itself', { kind: 'succeeded', counts, state: cyclic }, 'malformed_outcome'],
  ['a failure without a class', { kind: 'failed', failure: { message: 'no' } }, 'malformed_outcome'],
  [
    'a class that there is not',
    { kind: 'failed', failure: { class: 'ODD', message: 'no' } },
    'malformed_outcome',
  ],
  ['no failure', { kind: 'failed' }, 'malformed_outcome'],
  [
    'an endless wait',
    { kind: 'snoozed', class: 'RATE_LIMITED', delayMs: Infinity, message: '' },
    'not_a_number',
  ],
])('given an engine that answers with %s, its attempt has failed and says so', (_, answer, code) => {
  const outcome = asReported(answer as SyncOutcome);
  expect(outcome).toMatchObject({ kind: 'failed', error: { class: 'INTERNAL', code } });
  expect(outcome.kind === 'failed' && outcome.error.message).toMatch(/^the engine answered with /);
});

test.each<[SyncOutcome, object]>([
  [
    { kind: 'succeeded', counts },
    { kind: 'succeeded', counts },
  ],
  [
    { kind: 'succeeded', counts, state: { page: 7 } },
    { kind: 'succeeded', counts, state: { page: 7 } },
  ],
  [
    { kind: 'failed', failure: { class: 'TRANSIENT', message: 'gone', retryAfterMs: NaN } },
    { kind: 'failed', error: { class: 'TRANSIENT', message: 'gone' } },
  ],
  [
    { kind: 'snoozed', class: 'RATE_LIMITED', delayMs: 5, message: 'later', bucket: 'own' },
    { kind: 'snoozed', class: 'RATE_LIMITED', delayMs: 5, message: 'later', bucket: 'own' },
  ],
  [{ kind: 'cancelled' }, { kind: 'cancelled' }],
])('given an engine that answers with an outcome, that is what is reported: %j', (outcome, reported) => {
  expect(asReported(outcome)).toEqual(reported);
});

test.each(['RATE_LIMITED', 'QUOTA_EXHAUSTED', 'DATA_NOT_READY'] as const)(
  'given a failure of class %s, it is a matter of time: snoozed, for as long as was named or is usual',
  (errorClass) => {
    const failed = (more: object) =>
      asReported({ kind: 'failed', failure: { class: errorClass, message: 'later', ...more } });
    const snoozed = { kind: 'snoozed', class: errorClass, message: 'later' };
    expect(failed({ retryAfterMs: 7_000 })).toEqual({ ...snoozed, delayMs: 7_000 });
    const usual = errorClass === 'RATE_LIMITED' ? 60_000 : 3_600_000;
    expect(failed({ code: 'slow_down' })).toEqual({ ...snoozed, delayMs: usual });
    expect(failed({ retryAfterMs: NaN, bucket: 'own' })).toEqual({
      ...snoozed,
      delayMs: usual,
      bucket: 'own',
    });
  },
);

test.each<[string, unknown, unknown, string]>([
  ['nothing', undefined, counts, 'state'],
  ['a text', 'page 7', counts, 'state'],
  ['a date', new Date(0), counts, 'state'],
  ['a list', [7], counts, 'state'],
  ['a state that refers to itself', cyclic, counts, 'state'],
  ['counts that are none', { page: 7 }, { read: 1.5, written: 0, rejected: 0 }, 'counts'],
  ['counts that are nothing', { page: 7 }, null, 'counts'],
])('given a checkpoint of %s, it is refused before it can be stored', (_, state, told, what) => {
  expect(() => asCheckpoint(state, told)).toThrow(`a checkpoint's ${what}: `);
});

test('given a checkpoint without counts, they are none; what JSON leaves out is left out', () => {
  expect(asCheckpoint({ page: 7, seen: undefined })).toEqual({
    state: { page: 7 },
    counts: { read: 0, written: 0, rejected: 0 },
  });
  expect(asCheckpoint({ page: 7 }, counts)).toEqual({ state: { page: 7 }, counts });
});
