import { expect, test } from '@jest/globals';
import type { Delivery, WebhookEvent } from '#lib/domain/webhook';
import { Log } from '../testing/log.js';
import { modelOf } from '../testing/model.js';

const delivery = (position: number, attempt = 1): Delivery => ({
  position,
  stream: 'schedule-s1',
  revision: position,
  event: `e${position}`,
  eventType: 'RunSucceeded',
  attempt,
});
const registered = (id: string): WebhookEvent => ({
  type: 'WebhookRegistered',
  data: { id, definition: { url: `https://${id}.example/`, filter: { users: ['ann'] } }, after: 0 },
});
const taken = (position: number, attempt = 1): WebhookEvent => ({
  type: 'DeliverySucceeded',
  data: { ...delivery(position, attempt), status: 204, durationMs: 5 },
});
const failed = (position: number, attempt = 1): WebhookEvent => ({
  type: 'DeliveryFailed',
  data: { ...delivery(position, attempt), status: 503, message: 'answered 503', durationMs: 5, retryAt: 9 },
});
const given = (position: number): WebhookEvent => ({
  type: 'DeliveryDeadLettered',
  data: { ...delivery(position, 10), message: 'answered 503', durationMs: 5, reason: 'attempts_exhausted' },
});

function model(...events: readonly WebhookEvent[]) {
  const log = new Log();
  log.webhook('w1', registered('w1'));
  for (const event of events) log.at(log.now + 1_000).webhook('w1', event);
  return { log, model: modelOf(log) };
}

test('given deliveries that were taken, are pending and were given up, each is counted and listed', () => {
  const { model: found } = model(taken(1), failed(2), failed(3), given(3), failed(4), taken(4, 2));
  expect(found.webhook('default', 'w1')).toMatchObject({
    delivered: 2,
    pending: 1,
    deadLettered: 1,
    failingSince: null,
    failuresInARow: 0,
    lastError: null,
  });
  const statuses = found.deliveries('w1').items.map(({ position, status }) => [position, status]);
  expect(statuses).toEqual([
    [4, 'delivered'],
    [3, 'dead_lettered'],
    [2, 'pending'],
    [1, 'delivered'],
  ]);
  expect(found.deliveries('w1', 'pending').items).toMatchObject([
    { position: 2, retryAt: 9, statusCode: 503 },
  ]);
  expect(found.deliveries('w1', 'dead_lettered').items).toMatchObject([{ attempts: 10 }]);
  expect(found.deliveries('w1', 'delivered').items).toHaveLength(2);
});

test('given one that fails, since when and how often it did in a row is told, until something is taken', () => {
  const first = Date.UTC(2026, 0, 1, 0, 0, 1);
  const failing = { failingSince: first, failuresInARow: 2, lastError: 'answered 503' };
  expect(model(failed(1), failed(1, 2)).model.webhook('default', 'w1')).toMatchObject(failing);
  expect(model(failed(1), taken(2)).model.webhook('default', 'w1')).toMatchObject({ failingSince: null });
});

test('given one that is delivered anew, it is pending, and counted once', () => {
  const again: WebhookEvent = { type: 'RedeliveryRequested', data: { ...delivery(1), attempt: 0 } };
  expect(model(taken(1), again).model.webhook('default', 'w1')).toMatchObject({ pending: 1, delivered: 1 });
  const { model: found } = model(taken(1), again, again, taken(1));
  expect(found.webhook('default', 'w1')).toMatchObject({ pending: 0, delivered: 2 });
  expect(found.deliveries('w1').items).toMatchObject([{ deliveries: 2, attempts: 1 }]);
});

test('given pages, each delivery is on one of them', () => {
  const { model: found } = model(
    ...Array.from({ length: 7 }, (_, n) => (n % 2 === 0 ? taken(n) : failed(n))),
  );
  const positions: number[] = [];
  for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
    const page = found.deliveries('w1', undefined, { limit: 3, cursor });
    positions.push(...page.items.map(({ position }) => position));
    cursor = page.cursor;
  }
  expect(positions).toEqual([6, 5, 4, 3, 2, 1, 0]);
});

test('given one that was deleted, it is not listed, and nobody delivers to it', () => {
  const { model: found } = model({ type: 'WebhookDeleted', data: { id: 'w1' } });
  expect(found.webhooks('default').items).toEqual([]);
  expect(found.webhook('default', 'w1')).toBeUndefined();
  expect([found.endpoints(), found.webhookCount('default')]).toEqual([[], 0]);
});

test('given another tenant, it sees none of it', () => {
  const { model: found } = model();
  expect(found.webhooks('default').items).toHaveLength(1);
  expect([found.webhooks('other').items, found.webhook('other', 'w1')]).toEqual([[], undefined]);
});

test('a page of what was not delivered does not walk what was', () => {
  const { model: found } = model();
  const sql = `SELECT position FROM webhook_deliveries WHERE webhook = ? AND status = ? AND status <> 'delivered' ORDER BY position DESC LIMIT ?`;
  const plan = found.db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all('w1', 'pending', 10);
  expect(plan.map(({ detail }) => String(detail)).join()).toContain(
    'USING COVERING INDEX webhook_deliveries_0',
  );
});
