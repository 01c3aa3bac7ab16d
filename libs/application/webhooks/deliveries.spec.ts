import { afterEach, describe, expect, test } from '@jest/globals';
import { DAY, HOUR, MINUTE, SECOND } from '#lib/domain/kernel';
import { FAILING_FOR, MOST_ATTEMPTS, retryTable } from '#lib/domain/webhook';
import { manners, refusal } from './testing/receivers.js';
import { Rig } from './testing/rig.js';

let rig: Rig;
afterEach(async () => {
  await rig.stop();
  expect(rig.errors).toEqual([]);
});

const typesOf = async (id: string): Promise<readonly string[]> => (await rig.log(id)).map(({ type }) => type);

describe('an endpoint', () => {
  test('is told each event once, those of one stream in their order', async () => {
    rig = new Rig();
    await rig.register('w1');
    rig.begin();
    for (let n = 0; n < 200; n += 1) await rig.happens(`s${n % 7}`);
    await rig.calm();
    const bodies = rig.receivers
      .of('w1')
      .map(({ body }) => JSON.parse(body) as { stream: string; revision: number });
    expect(bodies).toHaveLength(200);
    for (let n = 0; n < 7; n += 1) {
      const revisions = bodies
        .filter(({ stream }) => stream === `schedule-s${n}`)
        .map(({ revision }) => revision);
      expect(revisions).toEqual(revisions.map((_, at) => at));
    }
  });

  test('that was registered after something happened is told what comes after', async () => {
    rig = new Rig();
    await rig.happens('s1');
    rig.begin();
    await rig.calm();
    await rig.register('w1');
    await rig.happens('s2');
    await rig.calm();
    expect(rig.receivers.of('w1').map(({ body }) => JSON.parse(body) as object)).toMatchObject([
      { stream: 'schedule-s2' },
    ]);
  });

  test('that takes nothing is tried ten times by the table, and then the message is a dead letter', async () => {
    rig = new Rig();
    await rig.register('w1');
    rig.receivers.behave('w1', () => refusal(500));
    rig.begin();
    await rig.happens('s1');
    await rig.pass(4 * DAY);
    const times = rig.receivers.of('w1').map(({ at }) => at);
    expect(times).toHaveLength(MOST_ATTEMPTS);
    for (const [n, delay] of retryTable.entries()) {
      const waited = (times[n + 1] ?? 0) - (times[n] ?? 0);
      expect(waited).toBeGreaterThanOrEqual(delay * 0.9);
      expect(waited).toBeLessThanOrEqual(delay * 1.1);
    }
    expect(new Set(rig.receivers.of('w1').map(({ id }) => id)).size).toBe(1);
    expect((await typesOf('w1')).at(-1)).toBe('DeliveryDeadLettered');
  });

  test('that fails begins nothing new, and has it all once it takes something', async () => {
    rig = new Rig();
    await rig.register('w1');
    rig.receivers.behave('w1', manners.dead);
    rig.begin();
    for (let n = 0; n < 100; n += 1) await rig.happens(`s${n}`);
    await rig.pass(HOUR);
    const asked = new Set(rig.receivers.of('w1').map(({ id }) => id)).size;
    expect(asked).toBeLessThanOrEqual(5);
    rig.receivers.behave('w1', manners.healthy);
    await rig.pass(3 * HOUR);
    const taken = rig.receivers.of('w1').filter((got) => got.taken);
    expect(new Set(taken.map(({ id }) => id)).size).toBe(100);
  });

  test('that takes nothing for five days is disabled; enabled again, it is told all that it missed', async () => {
    rig = new Rig();
    await rig.register('w1');
    rig.receivers.behave('w1', manners.dead);
    rig.begin();
    for (let n = 0; n < 40; n += 1) {
      await rig.happens(`s${n}`);
      await rig.pass(FAILING_FOR / 20);
    }
    expect(await typesOf('w1')).toContain('WebhookDisabled');
    const before = rig.receivers.of('w1').length;
    await rig.pass(10 * DAY);
    expect(rig.receivers.of('w1')).toHaveLength(before);
    rig.receivers.behave('w1', manners.healthy);
    await rig.command('w1', { type: 'EnableWebhook' });
    await rig.pass(MINUTE);
    const taken = new Set(
      rig.receivers
        .of('w1')
        .filter((got) => got.taken)
        .map(({ id }) => id),
    );
    const dead = (await rig.log('w1')).filter(({ type }) => type === 'DeliveryDeadLettered');
    expect(taken.size + dead.length).toBe(40);
  });

  test('that is enabled to begin anew is told nothing of what it missed, which is said', async () => {
    rig = new Rig();
    await rig.register('w1');
    rig.receivers.behave('w1', () => refusal(410));
    rig.begin();
    await rig.happens('s1');
    await rig.calm();
    await rig.happens('s2');
    await rig.calm();
    rig.receivers.behave('w1', manners.healthy);
    await rig.command('w1', { type: 'EnableWebhook', skipTo: await rig.store.head() });
    await rig.happens('s3');
    await rig.pass(HOUR);
    const taken = rig.receivers.of('w1').filter((got) => got.taken);
    expect(taken.map(({ body }) => JSON.parse(body) as object)).toMatchObject([{ stream: 'schedule-s3' }]);
    const skipped = (await rig.log('w1')).filter(
      ({ type, data }) =>
        type === 'DeliveryDeadLettered' && (data as { reason?: string }).reason === 'skipped',
    );
    expect(skipped).toHaveLength(1);
  });

  test('that asks to be left alone is, for as long as it asks', async () => {
    rig = new Rig();
    await rig.register('w1');
    rig.receivers.behave('w1', (nth) => (nth === 0 ? refusal(503, 10 * MINUTE) : manners.healthy()));
    rig.begin();
    await rig.happens('s1');
    await rig.calm();
    await rig.happens('s2');
    await rig.pass(10 * MINUTE - SECOND);
    expect(rig.receivers.of('w1')).toHaveLength(1);
    await rig.pass(MINUTE + SECOND);
    expect(rig.receivers.of('w1').filter((got) => got.taken)).toHaveLength(2);
  });

  test('that refuses many messages in a row, each by itself, is told the others all the same', async () => {
    rig = new Rig();
    await rig.register('w1');
    rig.receivers.behave('w1', (_, { id }) => (Number(id.slice(-4)) <= 8 ? refusal(422) : manners.healthy()));
    rig.begin();
    for (let n = 0; n < 30; n += 1) await rig.happens(`s${n}`);
    await rig.calm();
    const taken = rig.receivers.of('w1').filter((got) => got.taken);
    expect(new Set(taken.map(({ id }) => id)).size).toBe(22);
  });

  test('that asked to be left alone, and was mended and enabled again, is told at once', async () => {
    rig = new Rig();
    await rig.register('w1');
    rig.receivers.behave('w1', (nth) => (nth === 0 ? refusal(503, 20 * HOUR) : manners.healthy()));
    rig.begin();
    await rig.happens('s1');
    await rig.pass(MINUTE);
    await rig.command('w1', { type: 'DisableWebhook' });
    await rig.command('w1', { type: 'EnableWebhook' });
    await rig.happens('s2');
    await rig.pass(SECOND);
    expect(rig.receivers.of('w1').filter((got) => got.taken)).toHaveLength(2);
  });

  test('whose sender throws has it tried again, and the others of the same window once', async () => {
    rig = new Rig();
    await rig.register('w1');
    let broke = false;
    rig.receivers.behave('w1', (_, { id }) => {
      if (broke || !id.endsWith('03')) return manners.healthy();
      broke = true;
      throw new Error('it broke');
    });
    rig.begin();
    for (let n = 0; n < 20; n += 1) await rig.happens(`s${n}`);
    await rig.pass(MINUTE);
    const ids = rig.receivers.of('w1').map(({ id }) => id);
    expect([ids.length, new Set(ids).size]).toEqual([20, 20]);
    expect(await typesOf('w1')).toContain('DeliveryFailed');
  });

  test('that refuses some messages is told the others meanwhile', async () => {
    rig = new Rig();
    await rig.register('w1');
    rig.receivers.behave('w1', manners.choosy);
    rig.begin();
    for (let n = 0; n < 50; n += 1) await rig.happens(`s${n}`);
    await rig.pass(MINUTE);
    const taken = rig.receivers.of('w1').filter((got) => got.taken);
    // Of 50, the numbers 7, 14 … 49 are refused.
    expect(new Set(taken.map(({ id }) => id)).size).toBe(43);
  });

  test('that is deleted is told nothing more', async () => {
    rig = new Rig();
    await rig.register('w1');
    rig.receivers.behave('w1', () => refusal(500));
    rig.begin();
    await rig.happens('s1');
    await rig.calm();
    await rig.command('w1', { type: 'DeleteWebhook' });
    await rig.happens('s2');
    await rig.pass(DAY);
    expect(rig.receivers.of('w1')).toHaveLength(1);
  });

  test('whose log is far ahead reads it from there, and follows', async () => {
    rig = new Rig();
    await rig.register('w1', { types: ['RunCancelRequested'] });
    for (let n = 0; n < 1_500; n += 1)
      await rig.happens(`s${n % 50}`, n % 3 === 0 ? undefined : 'ScheduleResumed');
    rig.begin();
    await rig.pass(SECOND);
    await rig.happens('s0');
    await rig.pass(SECOND);
    expect(rig.receivers.of('w1')).toHaveLength(501);
  });
});

describe('a hundred endpoints that hang', () => {
  /** When each of a hundred events is taken, after it happened. */
  async function latencies(hanging: number): Promise<readonly number[]> {
    rig = new Rig();
    await rig.register('healthy');
    for (let n = 0; n < hanging; n += 1) {
      await rig.register(`dead-${n}`);
      rig.receivers.behave(`dead-${n}`, manners.dead);
    }
    rig.begin();
    await rig.calm();
    const happened: number[] = [];
    for (let n = 0; n < 100; n += 1) {
      happened.push(rig.time.clock.now());
      await rig.happens(`s${n}`);
      await rig.pass(SECOND);
    }
    return rig.receivers.of('healthy').map(({ at }, n) => at - (happened[n] ?? 0));
  }

  test('delay nobody else', async () => {
    const alone = await latencies(0);
    await rig.stop();
    expect(await latencies(100)).toEqual(alone);
  });
});
