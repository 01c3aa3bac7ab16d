import { describe } from '@jest/globals';
import { serviceSuite } from './service-suite.js';
import { Topology } from './topology.js';

describe('EventStoreDB, one process', () => {
  serviceSuite(new Topology({ eventStoreDb: true, nats: false, schedulers: 1, executors: 0 }));
});
