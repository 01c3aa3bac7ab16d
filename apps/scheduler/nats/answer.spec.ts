import { expect, test } from '@jest/globals';
import { problem } from '../api/problem.js';
import { fitted, type NatsAnswer } from './answer.js';

const long = 'x'.repeat(5_000);
const bytes = (answer: NatsAnswer): number => Buffer.byteLength(JSON.stringify(answer));

test.each([
  ['a page', { items: [{ id: long }], next: null }],
  ['one run with all that happened to it', { id: 'r', events: [{ message: long }] }],
])('given %s that is larger than a message, what is answered is a problem that says so', (_name, result) => {
  const answer = fitted({ ok: true, result }, 1_000);
  expect(answer).toMatchObject({ ok: false, problem: { status: 413 } });
  expect(bytes(answer)).toBeLessThanOrEqual(1_000);
});

test('given a refusal that is larger than a message, its head is answered', () => {
  const refused = problem(422, 'invalid_schedule', long, { findings: [long] });
  const answer = fitted({ ok: false, problem: refused }, 1_000);
  expect(answer).toMatchObject({ ok: false, problem: { status: 422, type: refused.type } });
  expect(bytes(answer)).toBeLessThanOrEqual(1_000);
});

test('given an answer that fits, it is answered as it is', () => {
  const answer = { ok: true, result: { id: 's' } } as const;
  expect(fitted(answer, 1_000)).toBe(answer);
});
