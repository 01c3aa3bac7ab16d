import { describe } from '@jest/globals';
import { serviceSuite } from './service-suite.js';
import { embedded, Topology } from './topology.js';

describe('embedded: SQLite, one process', () => {
  serviceSuite(new Topology(embedded));
});
