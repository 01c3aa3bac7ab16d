import { expect, test } from '@jest/globals';
import { problem } from '../api/problem.js';
import { parkedCommand } from './parked-command.js';

const message = {
  subject: 'syncopate.v1.submit.default.schedules.create-batch',
  seq: 7,
  data: new TextEncoder().encode(JSON.stringify({ schedules: 'x'.repeat(2_000) })),
};
const refused = Array.from({ length: 10 }, (_, index) => ({
  index,
  problem: problem(422, 'invalid_body', 'y'.repeat(300)),
}));
const refusal = problem(409, 'schedules_refused', 'ten of ten schedules were refused', { refused });

/** What is kept of it in at most so many bytes, read again. */
function kept(most: number): Record<string, unknown> & { problem: { refused?: object[]; detail: string } } {
  const text = parkedCommand(message, refusal, most);
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(most);
  return JSON.parse(text) as ReturnType<typeof kept>;
}

test('a refused command is kept whole where there is room, then with its problems in a word, then without its payload', () => {
  expect(kept(10_000)).toMatchObject({
    sequence: 7,
    problem: refusal,
    payload: expect.any(String) as unknown,
  });
  const brief = kept(5_000);
  expect(brief.problem.refused?.[9]).toEqual({
    index: 9,
    problem: { type: 'urn:syncopate:problem:invalid-body', status: 422 },
  });
  expect(brief).toHaveProperty('payload');
  const without = kept(2_000);
  expect(without).toMatchObject({ payloadBytes: message.data.length });
  expect(without).not.toHaveProperty('payload');
  expect(without.problem.refused).toHaveLength(10);
  const least = kept(600);
  expect(least.problem).toMatchObject({ status: 409, detail: 'ten of ten schedules were refused' });
  expect(least.problem).not.toHaveProperty('refused');
});

test.each(['register', 'put'])(
  'of what was asked of connections (%s) and refused nothing is kept that a secret could be read or guessed from',
  (verb) => {
    const sent = {
      subject: `syncopate.v1.submit.default.connections.${verb}`,
      seq: 8,
      data: new TextEncoder().encode(JSON.stringify({ id: 'c', credentials: { password: 'canary' } })),
    };
    expect(JSON.parse(parkedCommand(sent, problem(422, 'invalid_body', 'no secrets'), 10_000))).toEqual({
      subject: sent.subject,
      sequence: 8,
      problem: problem(422, 'invalid_body', 'no secrets'),
      payloadBytes: sent.data.length,
    });
  },
);
