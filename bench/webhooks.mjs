// Webhooks: messages a second to one endpoint that has many to be told of, beside what the same client sends the same
// receiver without a scheduler; how long after its decision a message arrives at a calm rate, alone and beside endpoints
// that never answer.
// Misleads: sender, receiver and log share the cores, and the receiver answers at once: over a network an endpoint is told
// sixteen messages in each round trip. What the log has of each delivery is an event of its own.
import { Agent, request } from 'undici';
import { scheduleAggregate, webhookAggregate } from '../dist/libs/application/actors/index.js';
import { webhookStream } from '../dist/libs/contracts/streams/index.js';
import { startProcess } from './contenders.mjs';
import { paced, pool, sleep, wall } from './peers/clock.mjs';
import { brief, context, createSchedules, dailyAt, folder, openEngine, remove, unlimited } from './rig.mjs';

export const name = 'webhooks';
export const title = 'webhooks to one endpoint, and beside a hundred that never answer';
export const settings = () => ({
  'each message':
    'signed, sent over HTTP on loopback, and its outcome an event of the log before the next sixteen',
  limit: 'the same client, sixteen at once, to the same receiver, with a body of the same size and no log',
});

const MONTH = 30 * 86_400_000;
const AT_ONCE = 16;

async function register(engine, url, types = ['RunSucceeded']) {
  const id = engine.environment.ids.next();
  await engine.webhooks.secrets.ensure({ tenant: context.tenant, webhook: id });
  const after = await engine.store.head();
  const definition = { url, filter: { types } };
  const command = { type: 'RegisterWebhook', id, definition, after };
  const answer = await engine.actors.execute(webhookAggregate, webhookStream(id), command, context);
  if (!answer.ok) throw new Error(answer.rejection.message);
  return id;
}

const trigger = (engine, streams) => async (n) => {
  const command = { type: 'TriggerRun', request: `r-${wall()}-${n}` };
  const stream = streams[n % streams.length];
  const answer = await engine.actors.execute(scheduleAggregate, stream, command, context);
  if (!answer.ok) throw new Error(answer.rejection.message);
};

/** Requests a second that the client and the receiver are good for. */
async function raw(url, count, body) {
  const dispatcher = new Agent();
  const headers = { 'content-type': 'application/json', 'webhook-id': '' };
  const begun = wall();
  await pool(count, AT_ONCE, async (n) => {
    const answer = await request(url, {
      method: 'POST',
      headers: { ...headers, 'webhook-id': `raw-${n}` },
      body,
      dispatcher,
    });
    await answer.body.dump();
  });
  const perSecond = (count / (wall() - begun)) * 1_000;
  await dispatcher.destroy();
  return perSecond;
}

/** Messages a second when many wait: what happened while nobody was told. */
async function backlog({ engine, streams, receiver, count, url }) {
  const id = await register(engine, url);
  const disable = { type: 'DisableWebhook' };
  await engine.actors.execute(webhookAggregate, webhookStream(id), disable, context);
  await pool(count, 100, trigger(engine, streams));
  await sleep(500);
  await receiver.call('forget');
  const begun = wall();
  await engine.actors.execute(webhookAggregate, webhookStream(id), { type: 'EnableWebhook' }, context);
  const { messages, last, requests } = await receiver.call('received', { count });
  if (messages !== count || requests !== count)
    throw new Error(`the figure is void: ${messages} messages in ${requests} requests of ${count}`);
  await engine.actors.execute(webhookAggregate, webhookStream(id), { type: 'DeleteWebhook' }, context);
  return (count / (last - begun)) * 1_000;
}

/** How old a message's event is when it arrives, one message in each 1/rate of a second. */
async function calm({ engine, streams, receiver, rate, seconds }) {
  await receiver.call('forget');
  const count = rate * seconds;
  await paced(count, rate, trigger(engine, streams));
  const { messages, ages } = await receiver.call('received', { count });
  if (messages !== count) throw new Error(`the figure is void: ${messages} of ${count} came`);
  return brief(ages);
}

export async function measure({ count = 3_000, rate = 100, seconds = 10, dead = 100 } = {}) {
  const path = folder();
  const receiver = await startProcess('../webhook-receiver', {});
  const engine = await openEngine(path, { settings: { allowLoopbackWebhooks: true } });
  try {
    const { url, silent } = await receiver.call('setup');
    await engine.start();
    await unlimited(engine);
    const streams = await createSchedules(engine, 500, (n) => dailyAt(n, Date.now() + MONTH + n));
    const body = JSON.stringify({
      type: 'RunSucceeded',
      timestamp: new Date().toISOString(),
      data: 'x'.repeat(450),
    });
    const with_ = { engine, streams, receiver, url };
    await backlog({ ...with_, count: 500 });
    const limit = await raw(url, count, body);
    const perSecond = await backlog({ ...with_, count });
    await register(engine, url);
    const alone = await calm({ ...with_, rate, seconds });
    for (let n = 0; n < dead; n += 1) await register(engine, silent);
    const beside = await calm({ ...with_, rate, seconds });
    return {
      'messages/s, of a backlog': Math.round(perSecond),
      'requests/s without a scheduler': Math.round(limit),
      'of the limit': Math.round((perSecond / limit) * 100) / 100,
      [`event to arrival at ${rate}/s, ms`]: alone,
      [`the same beside ${dead} that never answer, ms`]: beside,
      'p99, beside to alone': Math.round((beside.p99 / alone.p99) * 100) / 100,
    };
  } finally {
    await engine.stop(0);
    await receiver.close();
    remove(path);
  }
}
