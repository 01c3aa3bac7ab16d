import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { RequestRejected, SyncScheduler } from '#lib/sdk';

let scheduler: SyncScheduler;
let id: string;
let webhook: string;
beforeAll(async () => {
  scheduler = new SyncScheduler({ sync: () => Promise.resolve() });
  await scheduler.initialize();
  id = await scheduler.createSchedule('c-1', 'ann', 'netflix', 'daily');
  webhook = (await scheduler.webhooks.register({ url: 'https://product.example/hooks' })).id;
});
afterAll(() => scheduler.stop());

/** What callers without types may send. */
const wrong = (value: unknown): never => value as never;
const NEVER = new Date(Number.NaN);
const LONG = 'x'.repeat(501);

const asked: readonly (readonly [string, () => unknown, string | undefined, RegExp])[] = [
  ['a user', () => scheduler.createSchedule('c', 'us er', 'netflix', 'daily'), 'user', /must be 1 to 128/],
  [
    'a frequency',
    () => scheduler.createSchedule('c', 'u', 'netflix', wrong('fortnightly')),
    'recurrence',
    /must be "hourly", "daily"/,
  ],
  [
    'an operation',
    () => scheduler.createSchedule('c', 'u', 'netflix', 'daily', { operationType: wrong('nope') }),
    'operation',
    /full_sync/,
  ],
  [
    'an option',
    () => scheduler.createSchedule('c', 'u', 'netflix', 'daily', wrong({ colour: 'red' })),
    'colour',
    /is not a known field; there are autoPause, /,
  ],
  [
    'a key',
    () => scheduler.createSchedule('c', 'u', 'netflix', 'daily', { requestKey: '' }),
    'requestKey',
    /has 1 to 128 visible ASCII characters/,
  ],
  ['a validated user', () => scheduler.validator.validate(wrong({ user: 7 })), 'user', /string/],
  ['a judged user', () => scheduler.validator.assertValid(wrong({ user: 7 })), 'user', /string/],
  ['many that are one', () => scheduler.schedules.createMany(wrong({})), 'schedules', /must be an array/],
  ['no changes', () => scheduler.updateSchedule(id, {}), undefined, /names nothing to change/],
  [
    'a change',
    () => scheduler.updateSchedule(id, wrong({ user: 'x' })),
    'user',
    /is not a known field; there are autoPause, /,
  ],
  ['a version', () => scheduler.updateSchedule(id, { name: 'n' }, { version: 1.5 }), 'version', /int/],
  ['a note', () => scheduler.pauseSchedule(id, { note: LONG }), 'note', /500/],
  ['an end of a pause', () => scheduler.pauseSchedule(id, { until: NEVER }), 'until', /a valid one/],
  ['a last note', () => scheduler.deleteSchedule(id, LONG), 'note', /500/],
  ['a resumption', () => scheduler.resumeSchedule(id, wrong({ note: 'n' })), 'note', /requestKey, version/],
  ['an id', () => scheduler.resumeSchedule('no id'), 'id', /is not a schedule id/],
  ['an id to read', () => scheduler.getSchedule(wrong(undefined)), 'id', /string/],
  ['an overlap', () => scheduler.triggerSchedule(id, { overlap: wrong('never') }), 'overlap', /skip/],
  ['a range', () => scheduler.schedules.backfill(id, NEVER, new Date()), 'from', /a valid one/],
  ['a run', () => scheduler.executor.cancel('zzz'), 'run', /is not a run id/],
  ['a status of runs', () => scheduler.executor.runs({ status: wrong(['nope']) }), 'status[0]', /queued/],
  ['a number of runs', () => scheduler.executor.runs({}, Number.NaN), 'most', /a whole number/],
  ['a time that is none', () => scheduler.executor.runs({ from: 7, to: 7 }), 'from', /before to/],
  ['a status of schedules', () => scheduler.schedules.list({ status: wrong('zzz') }), 'status', /paused/],
  ['a filter', () => scheduler.schedules.list(wrong({ users: 'ann' })), 'users', /there are connection, /],
  ['a filter of conflicts', () => scheduler.reporter.conflicts({ kind: wrong('x') }), 'kind', /overlap/],
  ['an empty report', () => scheduler.generateReport(new Date(9), new Date(9)), 'from', /before to/],
  ['a report of no time', () => scheduler.generateReport(NEVER, new Date()), 'from', /a valid one/],
  ['hours', () => scheduler.reporter.forecast('netflix', 0), 'hours', /1 to 168 whole hours/],
  ['a provider', () => scheduler.reporter.forecast('net flix'), 'provider', /must be 1 to 128/],
  ['limits', () => scheduler.providers.changeLimits('netflix', wrong({})), 'concurrency', /number/],
  ['a connection', () => scheduler.connections.suspend('c 1'), 'id', /must be 1 to 128/],
  ['a reason', () => scheduler.connections.suspend('c-1', { message: LONG }), 'message', /500/],
  ['a filter of connections', () => scheduler.connections.list(wrong({ status: 'x' })), 'status', /active/],
  ['a URL', () => scheduler.webhooks.register({ url: 'nope' }), 'url', /must be a URL like/],
  ['a change of a webhook', () => scheduler.webhooks.update(webhook, {}), undefined, /names nothing/],
  ['a reason for a webhook', () => scheduler.webhooks.disable(webhook, LONG), 'note', /500/],
  ['an overlap of secrets', () => scheduler.webhooks.rotateSecret(webhook, -1), 'overlapMs', /30 days/],
  ['a replay', () => scheduler.webhooks.replay(webhook, 10, 0), 'through', /later position/],
  [
    'a status of deliveries',
    () => scheduler.webhooks.deliveries(webhook, wrong('x')),
    'status',
    /dead_lettered/,
  ],
  ['a type of event', () => scheduler.on(wrong('Nothing'), () => {}), 'type', /RunSucceeded/],
];

describe('input that is not valid', () => {
  test.each(asked)(
    'given %s, it is refused as over HTTP, naming the field and what is right',
    async (_, ask, field, words) => {
      const refusal: unknown = await Promise.resolve()
        .then(ask)
        .catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(RequestRejected);
      expect(refusal).toMatchObject({ field, message: expect.stringMatching(words) });
    },
  );

  test('given several fields that are wrong, all are told at once, each with its words', async () => {
    const input = { user: 'us er', connection: 'c-1', provider: 'netflix', recurrence: 'daily', colour: 1 };
    await expect(scheduler.schedules.create(wrong(input))).rejects.toMatchObject({
      reason: 'invalid_request',
      message: expect.stringMatching(/^the request is not valid: user: must be .*; colour: is not a known/),
      field: 'user',
      details: {
        errors: [
          { field: 'user', code: 'invalid_format' },
          { field: 'colour', code: 'unknown_field' },
        ],
      },
    });
  });

  test('it has changed nothing', () => {
    expect(scheduler.getSchedule(id)).toMatchObject({ status: 'active', version: 1 });
    expect(scheduler.webhooks.get(webhook)).toMatchObject({ status: 'active' });
    expect(scheduler.schedules.list()).toHaveLength(1);
  });
});

test('given a note as long as it may be, and a moment to end, it is kept', async () => {
  const until = new Date(Math.ceil(Date.now() / 1_000) * 1_000 + 3_600_000);
  const note = 'x'.repeat(500);
  await scheduler.pauseSchedule(id, { note, until });
  expect(scheduler.getSchedule(id)).toMatchObject({ pauseNote: note, pausedUntil: until.getTime() });
});

test('given a scheduler that was stopped, whatever is asked of it, also by a part that was kept, says that it was', async () => {
  const once = new SyncScheduler({ sync: () => Promise.resolve() });
  expect(() => once.getSchedule('s')).toThrow('call initialize() first');
  await once.start();
  const { schedules, executor, reporter, webhooks, connections, providers } = once;
  const made = await once.createSchedule('c', 'u', 'netflix', 'daily');
  await once.stop();
  await once.stop();
  const ways = [
    () => once.getSchedule(made),
    () => once.createSchedule('d', 'u', 'netflix', 'daily'),
    () => once.triggerSchedule(made),
    () => once.pauseSchedule(made),
    () => once.getScheduleStats(),
    () => once.on('*', () => {}),
    () => once.initialize(),
    () => schedules.list(),
    () => schedules.resume(made),
    () => executor.state(),
    () => executor.runs(),
    () => reporter.conflicts(),
    () => webhooks.list(),
    () => webhooks.register({ url: 'https://product.example/hooks' }),
    () => connections.get('c'),
    () => connections.suspend('c'),
    () => providers.list(),
  ];
  for (const ask of ways)
    await expect(Promise.resolve().then<unknown>(ask)).rejects.toThrow(
      'it was stopped: make another SyncScheduler',
    );
});
