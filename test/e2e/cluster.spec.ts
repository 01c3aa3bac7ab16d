import { describe } from '@jest/globals';
import { serviceSuite } from './service-suite.js';
import { Topology } from './topology.js';

describe('EventStoreDB and NATS: two schedulers, two executors', () => {
  serviceSuite(new Topology({ eventStoreDb: true, nats: true, schedulers: 2, executors: 2 }));
});
