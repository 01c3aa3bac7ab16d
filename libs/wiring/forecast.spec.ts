import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createScheduleBody, toDefinition, type CreateScheduleInput } from '#lib/contracts/api';
import { HOUR } from '#lib/domain/kernel';
import { providerAggregate, scheduleAggregate } from '#lib/application/actors';
import { providerStream, scheduleStream } from '#lib/contracts/streams';
import { readConfiguration } from './config.js';
import { Engine } from './engine.js';
import { silent } from './log.js';
import { systemEnvironment } from './system-environment.js';

const T0 = Date.UTC(2026, 10, 27, 12);
const context = (tenant = 'default') => ({ tenant, actor: 'test', correlation: 'c' });
const breaker = { failures: 5, openMs: HOUR, maxOpenMs: HOUR };

let engine: Engine;
let now = T0;
beforeEach(async () => {
  now = T0;
  const environment = { ...systemEnvironment, clock: { ...systemEnvironment.clock, now: () => now } };
  const parts = { log: silent, inMemory: true, environment, forecastEveryMs: 0 };
  engine = await Engine.open(readConfiguration({}), parts);
});
afterEach(() => engine.stop(0));

const settled = async (): Promise<unknown> => engine.readModel.waitFor(await engine.store.head(), 5_000);

async function limits(startsPerHour: number): Promise<void> {
  const rate = { starts: startsPerHour, perMs: HOUR };
  const command = {
    type: 'ChangeProviderLimits',
    provider: 'spotify',
    limits: { concurrency: 10, userConcurrency: 5, rate, breaker },
  } as const;
  await engine.actors.execute(providerAggregate, providerStream('spotify'), command, context());
  await settled();
}

const body = (n: number, time: string, provider = 'spotify'): CreateScheduleInput => ({
  user: `user-${n}`,
  connection: `connection-${n}`,
  provider,
  recurrence: { frequency: 'daily', times: [time], zone: 'UTC' },
});

const definitionOf = (input: CreateScheduleInput) => toDefinition(createScheduleBody.parse(input), T0);

async function created(
  count: number,
  time: string,
  tenant = 'default',
  provider = 'spotify',
): Promise<readonly string[]> {
  const ids = engine.creation.scheduleIds(context(tenant), count);
  const items = ids.map((id, n) => ({ id, definition: definitionOf(body(n, time, provider)) }));
  await engine.creation.createMany(items, context(tenant));
  await settled();
  return ids;
}

const look = async (): Promise<void> => {
  await engine.forecast.look();
  await settled();
};

const told = (tenant = 'default') =>
  engine.readModel
    .conflicts(tenant, { kind: 'resource_limit' }, {})
    .items.map(({ status, message, times, resolution }) => ({ status, message, times, resolution }));

describe('given more schedules due together than their provider lets start', () => {
  const message =
    'from 2026-11-28T03:00:00.000Z on more is due at spotify than may start: its rate allows 30 an hour, and what is due at 2026-11-28T03:00:00.000Z would start up to 120 minutes late; there is room at 12:15, 14:15, 16:15 UTC';

  test('a conflict says when, how late, and when there is room; once, until that is over', async () => {
    await limits(30);
    const ids = await created(90, '03:00');
    await look();
    expect(told()).toEqual([{ status: 'open', message, times: 1, resolution: null }]);
    now += HOUR;
    await look();
    expect(told()).toMatchObject([{ status: 'open', times: 1 }]);
    await limits(200);
    await look();
    expect(told()).toMatchObject([{ status: 'resolved', resolution: 'limits_suffice' }]);
    await limits(30);
    await look();
    expect(told()).toMatchObject([{ status: 'open', times: 2 }]);
    for (const id of ids)
      await engine.actors.execute(
        scheduleAggregate,
        scheduleStream(id),
        { type: 'DeleteSchedule' },
        context(),
      );
    await settled();
    await look();
    expect(told()).toMatchObject([{ status: 'resolved', times: 2 }]);
  });

  test('tenants are told whose schedules are among them, and no others', async () => {
    await limits(30);
    await created(60, '03:00');
    await created(30, '03:05', 'other');
    await created(1, '18:00', 'third');
    await look();
    expect([told().length, told('other').length, told('third').length]).toEqual([1, 1, 0]);
  });

  test('another that would be due with them is warned of, one at another time is not', async () => {
    await limits(30);
    await created(90, '03:00');
    const warnings = async (time: string) => {
      const definition = definitionOf(body(1_000, time));
      const findings = await engine.validation.findings(definition, 'default');
      const crowded = findings.filter(({ code }) => code === 'provider_crowded');
      return crowded.map(({ severity, message }) => [severity, message]);
    };
    expect(await warnings('03:00')).toEqual([]);
    await look();
    expect(await warnings('03:00')).toEqual([
      [
        'warning',
        'at 2026-11-28T03:00:00.000Z more is due at spotify than its limits let start in time: what is due then starts up to 2 h late; there is room at 12:15, 14:15, 16:15 UTC',
      ],
    ]);
    expect(await warnings('14:00')).toEqual([]);
  });

  test('without anything that tells how fast they may start nothing is foreseen to be late', async () => {
    await created(90, '03:00', 'default', 'acme');
    await look();
    const { peak, capacity, due } = await engine.forecast.of('acme', 24);
    expect([peak, capacity, due]).toEqual([undefined, undefined, 90]);
    expect(told()).toEqual([]);
  });
});
