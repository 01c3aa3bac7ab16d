import type { z } from 'zod';
import {
  checkpointSchema,
  claimSchema,
  connectionSchema,
  deskBatchSchema,
  givenWorkSchema,
  heartbeatSchema,
  reportSchema,
  shardOf,
  stopSchema,
  subjects,
  tokenSchema,
} from '#lib/contracts/messages';

/** A message that the other side takes, to be changed; `asked`: it is a question, which is answered. */
export type Sample = {
  readonly subject: string;
  readonly schema: z.ZodType;
  readonly message: object;
  readonly asked: boolean;
};

const counts = {
  read: 3,
  written: 2,
  rejected: 1,
  rejections: [{ stream: 'charges', reason: 'no date', times: 1 }],
};
const outcomes = [
  { kind: 'succeeded', counts, state: { cursor: 'a' } },
  { kind: 'failed', error: { class: 'TRANSIENT', message: 'gone', code: 'x', retryAfterMs: 5 } },
  { kind: 'snoozed', class: 'RATE_LIMITED', delayMs: 1_000, message: 'wait', bucket: 'own' },
  { kind: 'cancelled' },
];

/**
 * One of each kind that passes between schedulers and executors, about runs that there are not.
 * @param heard a heartbeat of the executor, with the name of the process that may be given work
 */
export function deskSamples(
  schedule: string,
  heard: { readonly executor: string; readonly claim: string },
): Sample[] {
  const { executor, claim } = heard;
  const attempt = { tenant: 'default', schedule, run: `${schedule}.m.none`, attempt: 1 };
  const [ref, connection] = [{ ...attempt, fence: 1 }, 'fuzz-nats'];
  const shard = shardOf(schedule);
  const question = (name: string, schema: z.ZodType, message: object): Sample => ({
    subject: subjects.desk(shard, executor, name),
    schema,
    message,
    asked: true,
  });
  const claimed = { ...attempt, executor, claim, epoch: 1 };
  const about = { ...ref, executor, connection };
  const resources = { capacity: 9, running: 1, queued: 0, cpu: 0.5, rssBytes: 1, loopDelayMs: 1 };
  const load = { ...resources, overloaded: false, completed: 1, refused: 0 };
  const beat = {
    executor,
    at: 1,
    running: [{ ...ref, done: 1, total: 2 }],
    asking: [],
    providers: ['anything'],
  };
  const item = {
    ...attempt,
    provider: 'anything',
    user: 'ann',
    connection,
    priority: 'normal',
    epoch: 1,
    repeat: 0,
  };
  const lease = { granted: true, fence: 1, deadline: 1e15, leaseMs: 10_000 };
  const granted = { ...lease, operation: 'incremental_sync', nominal: 1, state: {} };
  const given = { claim, items: [{ item, granted }] };
  const told = (subject: string, schema: z.ZodType, message: object): Sample => ({
    subject,
    schema,
    message,
    asked: false,
  });
  return [
    question('claim', claimSchema, claimed),
    question('checkpoint', checkpointSchema, { ...ref, state: { cursor: 'b' }, counts }),
    ...outcomes.map((outcome) => question('report', reportSchema, { ...ref, executor, outcome })),
    question('connection', connectionSchema, about),
    question('token', tokenSchema, { ...about, refused: 'old' }),
    question('batch', deskBatchSchema, { questions: [{ question: 'claim', about: claimed }] }),
    told(subjects.beat(executor), heartbeatSchema, { ...beat, claim, resources: load }),
    told(subjects.give(executor), givenWorkSchema, given),
    told(subjects.stop(executor), stopSchema, { run: attempt.run, lost: true, fence: 1 }),
  ];
}
