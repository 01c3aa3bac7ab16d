import { describe } from '@jest/globals';
import { serviceSuite } from './service-suite.js';
import { Topology } from './topology.js';

describe('SQLite and NATS: one scheduler, two executors', () => {
  serviceSuite(new Topology({ eventStoreDb: false, nats: true, schedulers: 1, executors: 2 }));
});
