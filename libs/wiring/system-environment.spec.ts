import { expect, test } from '@jest/globals';
import { systemClock, systemTimers } from './system-environment.js';

test('given a fine timer, it calls back once, and never before its time', async () => {
  for (const delay of [0, 1, 2, 3, 25]) {
    const due = systemClock.now() + delay;
    let calls = 0;
    await new Promise<void>((resolve) => {
      systemTimers.after(
        delay,
        () => {
          calls += 1;
          resolve();
        },
        'fine',
      );
    });
    const { now } = systemClock;
    expect(now()).toBeGreaterThanOrEqual(due);
    await new Promise((resolve) => systemTimers.after(3, () => resolve(undefined)));
    expect(calls).toBe(1);
  }
});

test('given a fine timer that is cancelled, asleep or about to call back, it never does', async () => {
  let calls = 0;
  const cancels = [30, 4, 2, 0].map((delay) => systemTimers.after(delay, () => (calls += 1), 'fine'));
  // The last two go round the event loop by now.
  await new Promise((resolve) => setImmediate(resolve));
  for (const cancel of cancels) cancel();
  const before = calls;
  await new Promise((resolve) => systemTimers.after(40, () => resolve(undefined)));
  expect(calls).toBe(before);
  expect(before).toBeLessThanOrEqual(1);
});

test('given others who want their turn, a fine timer that is about to call back lets them have it', async () => {
  const order: string[] = [];
  await new Promise<void>((resolve) => {
    systemTimers.after(
      2,
      () => {
        order.push('timer');
        resolve();
      },
      'fine',
    );
    setImmediate(() => order.push('other'));
  });
  expect(order).toEqual(['other', 'timer']);
});
