import { describe, expect, test } from '@jest/globals';
import { DAY, HOUR, MINUTE, SECOND } from '#lib/domain/kernel';
import { scenario, T0 } from '#lib/domain/testing';
import { FAILING_FOR, nextAttempt, retryTable } from './attempts.js';
import { webhook } from './decide.js';
import { wantsSubject, wantsType } from './filter.js';
import type { Attempted, WebhookCommand } from './webhook.js';

const definition = { url: 'https://example.com/', filter: {} };
const register: WebhookCommand = { type: 'RegisterWebhook', id: 'w1', definition, after: 10, now: T0 };
const { run } = scenario(webhook);

const tried = (
  position: number,
  attempt = 1,
  result: Attempted['result'] = no,
  replay?: string,
): Attempted => ({
  position,
  stream: 'schedule-s1',
  revision: position,
  event: `e${position}`,
  eventType: 'RunSucceeded',
  attempt,
  result,
  fraction: 0.5,
  ...(replay === undefined ? {} : { replay }),
});
const yes = { kind: 'delivered', status: 204, durationMs: 3 } as const;
const no = { kind: 'failed', status: 500, message: 'answered 500', durationMs: 3 } as const;
const report = (attempts: readonly Attempted[], through?: number, now = T0): WebhookCommand => ({
  type: 'ReportDeliveries',
  attempts,
  through,
  now,
});
const typesAfter = (...commands: readonly WebhookCommand[]): readonly string[] =>
  run(register, ...commands)
    .events.slice(1)
    .map(({ type }) => type);

describe('the times of the tries', () => {
  test('are those of the Standard Webhooks specification: ten within 75 h 35 m', () => {
    expect(retryTable).toHaveLength(9);
    expect(retryTable.reduce((sum, delay) => sum + delay)).toBe(75 * HOUR + 35 * MINUTE + 5 * SECOND);
  });

  test('move by a tenth, and a Retry-After can only lengthen them, by a day at most', () => {
    const at = (fraction: number, retryAfterMs?: number): number =>
      (nextAttempt(2, { now: 0, fraction, retryAfterMs }) ?? 0) / MINUTE;
    expect([at(0), at(0.5), at(1)]).toEqual([4.5, 5, 5.5]);
    expect([at(0.5, MINUTE), at(0.5, HOUR), at(0.5, 9 * DAY)]).toEqual([5, 60, 24 * 60]);
    expect(nextAttempt(10, { now: 0, fraction: 0.5 })).toBeUndefined();
  });
});

describe('given an active endpoint', () => {
  test('what is taken is settled, and what is not is tried again by the table', () => {
    const { state, events } = run(register, report([tried(11, 1, yes), tried(12)], 14));
    expect(events.slice(1)).toMatchObject([
      { type: 'DeliverySucceeded', data: { position: 11 } },
      { type: 'DeliveryFailed', data: { position: 12, retryAt: T0 + 5 * SECOND, through: 14 } },
    ]);
    expect(events[1]?.data).not.toHaveProperty('through');
    expect(state).toMatchObject({ through: 14, pending: [{ position: 12, attempt: 1 }] });
  });

  test('a report that was stored already, or is of a node that had lost its lease, changes nothing', () => {
    const once = report([tried(11, 1, yes)], 11);
    expect(typesAfter(once, once)).toEqual(['DeliverySucceeded']);
    expect(typesAfter(report([tried(11)], 11), report([tried(11)], 11))).toEqual(['DeliveryFailed']);
    expect(typesAfter(report([tried(11, 2)], 11))).toEqual([]);
  });

  test('410 disables it, and so do five days in which nothing was taken', () => {
    const gone = { ...no, status: 410 };
    expect(typesAfter(report([tried(11, 1, gone)], 11))).toEqual(['DeliveryFailed', 'WebhookDisabled']);
    const late = report([tried(12)], 12, T0 + FAILING_FOR);
    expect(typesAfter(report([tried(11)], 11), late)).toContain('WebhookDisabled');
    const meanwhile = report([tried(12, 1, yes)], 12, T0 + DAY);
    expect(
      typesAfter(report([tried(11)], 11), meanwhile, report([tried(13)], 13, T0 + FAILING_FOR)),
    ).not.toContain('WebhookDisabled');
  });

  test('the tenth failure is a dead letter, which can be delivered anew', () => {
    const tries = Array.from({ length: 10 }, (_, n) => report([tried(11, n + 1)], n === 0 ? 11 : undefined));
    const { attempt: _, replay: __, result: ___, fraction: ____, ...delivery } = tried(11);
    const anew: WebhookCommand = { type: 'RedeliverEvent', delivery, now: T0 };
    expect(typesAfter(...tries).at(-1)).toBe('DeliveryDeadLettered');
    const { state } = run(register, ...tries, anew);
    expect(state).toMatchObject({ pending: [{ position: 11, attempt: 0, retryAt: T0 }] });
    expect(typesAfter(...tries, anew, report([tried(11, 1, yes)])).at(-1)).toBe('DeliverySucceeded');
  });

  test('refusals of single messages are no failures of the receiver', () => {
    const refused = { ...no, status: 422 };
    const { state } = run(
      register,
      report(
        [11, 12, 13].map((position) => tried(position, 1, refused)),
        13,
      ),
      report([tried(14)], 14),
    );
    expect(state).toMatchObject({ failing: { since: T0, inARow: 1 } });
  });

  test('a change that is none is none, and a stale version is refused', () => {
    const update = (url: string, ifVersion?: number): WebhookCommand => ({
      type: 'UpdateWebhook',
      definition: { ...definition, url },
      ifVersion,
      now: T0,
    });
    expect(typesAfter(update(definition.url))).toEqual([]);
    expect(typesAfter(update('https://b.example/', 1))).toEqual(['WebhookUpdated']);
    const { past } = run(register, update('https://b.example/'));
    scenario(webhook)
      .given(...past)
      .when(update('https://c.example/', 1))
      .thenRejected('stale_version');
  });
});

describe('given a disabled endpoint', () => {
  const disabled = [
    register,
    report([tried(11)], 12),
    { type: 'DisableWebhook', note: 'maintenance', now: T0 },
  ] as const satisfies readonly WebhookCommand[];

  test('enabled, it goes on where it stopped, and what is pending is due at once', () => {
    const { state } = run(...disabled, { type: 'EnableWebhook', now: T0 + 9 });
    expect(state).toMatchObject({ status: 'active', through: 12, pending: [{ retryAt: T0 + 9 }] });
  });

  test('enabled from now on, what it skipped is said, and what was pending is given up', () => {
    const { state, events } = run(...disabled, { type: 'EnableWebhook', skipTo: 30, now: T0 });
    expect(events.slice(-2)).toMatchObject([
      { type: 'DeliveryDeadLettered', data: { position: 11, reason: 'skipped' } },
      { type: 'WebhookEnabled', data: { skipped: { after: 12, through: 30 } } },
    ]);
    expect(state).toMatchObject({ through: 30, pending: [] });
  });
});

describe('given an endpoint that is failing', () => {
  const failing = [register, report([tried(11)], 12)] as const satisfies readonly WebhookCommand[];
  const due = ({ state }: ReturnType<typeof run>): unknown =>
    'pending' in state ? state.pending.map(({ retryAt }) => retryAt) : undefined;

  test('a new secret, or enabling it again, has what is pending tried at once, not in hours', () => {
    const later = T0 + 9;
    expect(Number((due(run(...failing)) as number[])[0])).toBeGreaterThan(later);
    expect(due(run(...failing, { type: 'EnableWebhook', now: later }))).toEqual([later]);
    const rotate: WebhookCommand = { type: 'RotateWebhookSecret', previousUntil: T0, now: later };
    expect(due(run(...failing, rotate))).toEqual([later]);
  });

  test('enabling one that is well is refused', () => {
    const { given } = scenario(webhook);
    const { past } = run(register, report([tried(11, 1, yes)], 12));
    given(...past)
      .when({ type: 'EnableWebhook', now: T0 })
      .thenRejected('webhook_enabled');
  });
});

describe('a replay', () => {
  const ask: WebhookCommand = { type: 'ReplayWebhook', replay: 'r1', after: 3, through: 9, now: T0 };

  test('has deliveries of its own within its range, and ends once', () => {
    const end: WebhookCommand = { type: 'CompleteWebhookReplay', replay: 'r1', now: T0 };
    const { state } = run(register, ask, report([tried(5, 1, yes, 'r1')], 6));
    expect(state).toMatchObject({ replays: [{ id: 'r1', through: 6, upTo: 9 }], through: 10 });
    expect(typesAfter(ask, report([tried(10, 1, yes, 'r1')], 10))).toEqual(['WebhookReplayRequested']);
    expect(typesAfter(ask, ask, end, end)).toEqual(['WebhookReplayRequested', 'WebhookReplayCompleted']);
  });

  test('without a range, or beside ten others, is refused', () => {
    const { given } = scenario(webhook);
    const { past } = run(register);
    given(...past)
      .when({ ...ask, after: 9 } as WebhookCommand)
      .thenRejected('invalid_replay');
    const ten = Array.from({ length: 10 }, (_, n) => ({ ...ask, replay: `r${n + 2}` }) as WebhookCommand);
    given(...run(register, ...ten).past)
      .when(ask)
      .thenRejected('too_many_replays');
  });
});

test('given a deleted endpoint, a late report is no error, and everything else is not found', () => {
  const { past } = run(register, { type: 'DeleteWebhook', now: T0 });
  const { given } = scenario(webhook);
  given(...past)
    .when(report([tried(11)], 11))
    .thenNothing();
  given(...past)
    .when({ type: 'EnableWebhook', now: T0 })
    .thenRejected('webhook_not_found');
  given(...past)
    .when(register)
    .thenRejected('webhook_exists');
});

test('a filter wants what is named in each of its lists', () => {
  const filter = { types: ['RunFailed'], users: ['ann', 'ben'], providers: ['spotify'] };
  expect([wantsType(filter, 'RunFailed'), wantsType(filter, 'RunSucceeded'), wantsType({}, 'any')]).toEqual([
    true,
    false,
    true,
  ]);
  expect(wantsSubject(filter, { user: 'ann', provider: 'spotify' })).toBe(true);
  expect(wantsSubject(filter, { user: 'ann', provider: 'netflix' })).toBe(false);
  expect(wantsSubject(filter, { provider: 'spotify' })).toBe(false);
});
