import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { expect, test } from '@jest/globals';
import type { WorkItem } from '#lib/contracts/messages';
import { MINUTE } from '#lib/domain/kernel';
import { T0 } from '#lib/domain/testing';
import type { ExecutorDesk, Granted, WorkIntake } from '#lib/messaging/port';
import { ExecutorModule } from '../../apps/executor/executor.module.js';
import { WorkStrategy } from '../../apps/executor/work-strategy.js';

type Consumer = Parameters<WorkIntake['consume']>[0];

const item = { tenant: 'default', schedule: 's1', run: 'run-1', attempt: 1, provider: 'p' } as WorkItem;
const granted: Granted = {
  granted: true,
  fence: 7,
  deadline: T0 + MINUTE,
  leaseMs: MINUTE,
  operation: 'full_sync',
  nominal: T0,
};

test("given work with its grant, it comes through Nest's controller whole; leaving lasts as long as the queue's does", async () => {
  let queue!: Consumer;
  const left = Promise.withResolvers<void>();
  const strategy = new WorkStrategy({
    desk: {} as ExecutorDesk,
    consume: (consumer) => {
      queue = consumer;
      return () => left.promise;
    },
  });
  const handled: unknown[] = [];
  const leave = strategy.consume({
    capacity: 1,
    executor: 'e1',
    claim: 'c1',
    handle: async (...given) => void handled.push(given),
    cancel: () => {},
    lost: () => {},
  });
  const app = await NestFactory.createMicroservice<MicroserviceOptions>(ExecutorModule.with(strategy), {
    strategy,
    logger: false,
  });
  await app.listen();
  await queue.handle(item, granted);
  await queue.handle(item);
  expect(handled).toEqual([
    [item, granted],
    [item, undefined],
  ]);
  let over = false;
  const leaving = Promise.resolve(leave()).then(() => (over = true));
  await Promise.resolve();
  expect(over).toBe(false);
  left.resolve();
  await leaving;
  await app.close();
});
