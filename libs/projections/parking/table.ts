import type { Instant } from '#lib/domain/kernel';
import type { TableSpec } from '../store/table.js';

/** An event that a saga could not take, and has not taken since. */
export type ParkingRow = {
  readonly id: string;
  readonly tenant: string;
  readonly handler: string;
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
  readonly eventType: string;
  readonly reason: string;
  readonly status: 'parked' | 'replaying';
  readonly firstParkedAt: Instant;
  readonly lastParkedAt: Instant;
  /** How often it was parked: once, and again after each replay that failed. */
  readonly times: number;
};

export const parkingTable: TableSpec<ParkingRow> = {
  name: 'parked_events',
  columns: {
    id: 'text',
    tenant: 'text',
    handler: 'text',
    stream: 'text',
    revision: 'number',
    position: 'number',
    eventType: 'text',
    reason: 'text',
    status: 'text',
    firstParkedAt: 'number',
    lastParkedAt: 'number',
    times: 'number',
  },
  key: ['id'],
  // Not when it was first parked: one that was replayed and is parked again, before its row was deleted, begins anew.
  fixed: ['tenant', 'handler', 'stream', 'revision', 'position', 'eventType'],
  indexes: [{ on: 'tenant, position, id' }],
  capacity: 1_000,
};
