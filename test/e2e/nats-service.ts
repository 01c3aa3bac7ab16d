import { connect, type NatsConnection } from '@nats-io/transport-node';
import { afterAll, beforeAll } from '@jest/globals';
import { Service } from './support.js';
import { Topology } from './topology.js';

/** What a request, or a submitted command, is answered with. */
export type Reply = { ok: boolean; result?: Record<string, unknown>; problem?: Record<string, unknown> };

export const monthly = {
  user: 'ann',
  provider: 'anything',
  recurrence: { frequency: 'monthly', days: [1] },
};

/** One scheduler and one executor over NATS for the tests of a file, and a connection of somebody else's. */
export function natsService(): { readonly service: Service; readonly nc: NatsConnection } {
  const topology = new Topology({ eventStoreDb: false, nats: true, schedulers: 1, executors: 1 });
  let service: Service;
  let nc: NatsConnection;
  beforeAll(async () => {
    service = await Service.start({}, undefined, topology);
    nc = await connect({ servers: service.engine.configuration.nats?.servers as string[] });
  });
  afterAll(async () => {
    await nc.close();
    await service.stop();
    await topology.close();
  });
  return {
    get service() {
      return service;
    },
    get nc() {
      return nc;
    },
  };
}
