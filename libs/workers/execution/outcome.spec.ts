import { expect, test } from '@jest/globals';
import type { SyncOutcome } from '#lib/ports';
import { asReported } from './outcome.js';

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
