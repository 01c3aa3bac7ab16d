export * from './connection.js';
export * from './distribution.js';
export * from './intake.js';
export * from './leases.js';
export * from './link.js';
export * from './records.js';
export { NatsMap } from './shared-map.js';
export * from './streams.js';
export * from './event-relay.js';

//# sourceMappingURL=index.js.map