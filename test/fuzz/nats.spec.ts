import { connect, headers, type NatsConnection } from '@nats-io/transport-node';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { subjects } from '#lib/contracts/messages';
import { Service } from '../e2e/support.js';
import { Topology } from '../e2e/topology.js';
import type { Random } from '../simulation/random.js';
import { deskSamples } from './desk-messages.js';
import { hostileStrings, hostileTexts } from './hostile.js';
import { CASES, draws, MOST_MS, mutated, mutatedBytes } from './mutate.js';
import { query, requestBody } from './requests.js';
import { Complaints } from './verdict.js';

const topology = new Topology({ eventStoreDb: false, nats: true, schedulers: 1, executors: 1 });
let service: Service;
let nc: NatsConnection;
let id: string;

beforeAll(async () => {
  service = await Service.start({}, undefined, topology);
  nc = await connect({ servers: service.engine.configuration.nats?.servers as string[] });
  id = await service.schedule('fuzz-nats');
});
afterAll(async () => {
  await nc.close();
  await service.stop();
  await topology.close();
});

const operations = [
  ...[
    'create',
    'create-batch',
    'update',
    'pause',
    'resume',
    'skip-next',
    'trigger',
    'backfill',
    'validate',
    'get',
    'list',
  ].map((verb) => `schedules.${verb}`),
  'schedules.occurrences',
  'schedules.events',
  'schedules.as-of',
  'runs.get',
  'runs.list',
  'runs.cancel',
  'runs.redrive',
  ...['register', 'suspend', 'restore', 'remove', 'get', 'events', 'list'].map(
    (verb) => `connections.${verb}`,
  ),
  ...['acknowledge', 'resolve', 'get', 'list'].map((verb) => `conflicts.${verb}`),
  'schedules.__proto__',
  'toString.call',
  'x.y',
];

/** As much as the server takes, with room for headers: more than that no client can send. */
const sendable = (bytes: Uint8Array): Uint8Array =>
  bytes.subarray(0, (nc.info?.max_payload ?? 1_048_576) - 1_024);

function payload(random: Random): Uint8Array {
  const how = random.fraction();
  if (how < 0.1) return Buffer.from(random.pick(hostileTexts));
  // Some are as they should be, or little would be seen of what is taken.
  if (how > 0.95) return Buffer.from(JSON.stringify({ id }));
  const body = random.chance(0.7) ? requestBody(random) : mutated(random, query(random));
  // Soon it is at another one.
  const version = random.chance(0.3) ? { version: 1 } : {};
  const named =
    typeof body === 'object' && body !== null && !Array.isArray(body) && random.chance(0.6)
      ? { id: random.chance(0.7) ? id : random.pick(hostileStrings), ...version, ...body }
      : body;
  const bytes = Buffer.from(JSON.stringify(named) ?? '');
  return sendable(how < 0.3 ? mutatedBytes(random, bytes) : bytes);
}

type Reply = {
  readonly ok?: unknown;
  readonly problem?: { readonly status?: number; readonly detail?: unknown };
};

function judge(operation: string, sent: Uint8Array, reply: Reply, complaints: Complaints): void {
  const { ok, problem } = reply;
  if (ok === true) return;
  const refused = ok === false && typeof problem?.detail === 'string' && (problem.status ?? 500) < 500;
  if (!refused)
    complaints.add(`${operation} ${Buffer.from(sent).toString()}`, `answered ${JSON.stringify(reply)}`);
}

test(
  'given any payload, a command over NATS is answered, with a problem where it is refused',
  async () => {
    const complaints = new Complaints('nats');
    const outcomes = { taken: 0, refused: 0 };
    await Promise.all(
      Array.from({ length: 32 }, async () => {
        while (complaints.cases < CASES) {
          const random = draws(2, complaints.cases++);
          const operation = random.pick(operations);
          const sent = payload(random);
          const given = headers();
          if (random.chance(0.1)) given.set('Idempotency-Key', random.pick(['same', 'x'.repeat(300), 'é']));
          const subject = `syncopate.v1.commands.default.${operation}`;
          try {
            const reply = await nc.request(subject, sent, { timeout: 20_000, headers: given });
            const read = reply.json<Reply>();
            outcomes[read.ok === true ? 'taken' : 'refused'] += 1;
            judge(operation, sent, read, complaints);
          } catch (error) {
            complaints.add(`${operation} ${Buffer.from(sent).toString()}`, String(error));
          }
        }
      }),
    );
    complaints.settle(CASES);
    expect(outcomes.taken).toBeGreaterThan(CASES / 100);
    expect(outcomes.refused).toBeGreaterThan(CASES / 10);
  },
  MOST_MS,
);

/** A run that is asked for now succeeds. */
async function goesThrough(): Promise<void> {
  const succeeded = service.next('RunSucceeded', ({ run }) => String(run).startsWith(id));
  await service.post(`/v1/schedules/${id}/resume`);
  expect((await service.post(`/v1/schedules/${id}/trigger`, { overlap: 'allow_all' })).status).toBe(202);
  await succeeded;
}

/** What the next heartbeat says of the executor: its name, and the name of its process. */
async function heartbeat(): Promise<{ readonly executor: string; readonly claim: string }> {
  const beats = nc.subscribe(subjects.beat('*'), { max: 1 });
  for await (const message of beats) return message.json();
  throw new Error('the executor is not heard');
}

test(
  'given messages between schedulers and executors that something has changed, questions are answered, and a run goes through',
  async () => {
    const complaints = new Complaints('desk');
    const samples = deskSamples(id, await heartbeat());
    for (const { subject, schema, message } of samples)
      expect([subject, schema.safeParse(message).error]).toEqual([subject, undefined]);
    const outcomes = { answered: 0, invalid: 0 };
    const one = async (): Promise<void> => {
      const random = draws(9, complaints.cases++);
      const { subject, message, asked } = random.pick(samples);
      const changed = random.chance(0.1) ? message : mutated(random, message);
      const bytes = Buffer.from(JSON.stringify(changed) ?? '');
      const sent = sendable(random.chance(0.1) ? mutatedBytes(random, bytes) : bytes);
      if (!asked) return nc.publish(subject, sent);
      const shown = `${subject} ${Buffer.from(sent).toString()}`;
      try {
        const reply = (await nc.request(subject, sent, { timeout: 20_000 })).json<object>();
        if ('answer' in reply) outcomes.answered += 1;
        else if ('invalid' in reply) outcomes.invalid += 1;
        // An outage is what an executor repeats for ever: nothing here is out of reach.
        else complaints.add(shown, `answered ${JSON.stringify(reply)}`);
      } catch (error) {
        complaints.add(shown, String(error));
      }
    };
    const ask = async (): Promise<void> => {
      while (complaints.cases < CASES) await one();
    };
    await Promise.all(Array.from({ length: 32 }, ask));
    complaints.settle(CASES);
    expect(outcomes.answered).toBeGreaterThan(CASES / 100);
    expect(outcomes.invalid).toBeGreaterThan(CASES / 10);
    await goesThrough();
  },
  MOST_MS,
);

test(
  'given executors’ messages that nobody could have sent, a run goes through afterwards',
  async () => {
    const questions = ['claim', 'report', 'checkpoint', 'connection', 'token', 'x'];
    for (let n = 0; n < CASES / 10; n += 1) {
      const random = draws(8, n);
      const sent = random.chance(0.5) ? Buffer.from(random.pick(hostileTexts)) : payload(random);
      const to = random.pick([
        `syncopate.v1.desk.${random.whole(0, 40)}.e1.${random.pick(questions)}`,
        'syncopate.v1.beat.e1',
        'syncopate.v1.stop.all',
        `syncopate.v1.give.e${random.whole(0, 2)}`,
        'syncopate.v1.lanes',
        'syncopate.v1.work.anything.normal',
        'syncopate.v1.submit.default.schedules.create',
      ]);
      nc.publish(to, sent, { reply: 'fuzz.replies' });
    }
    await nc.flush();
    await goesThrough();
  },
  MOST_MS,
);
