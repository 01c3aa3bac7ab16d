import type { Claim, SuspendCause } from '#lib/domain/connection';
import type { Instant } from '#lib/domain/kernel';
import type { TableSpec } from '../store/table.js';

export type ConnectionRow = {
  readonly tenant: string;
  readonly id: string;
  /** Null until the connection is registered: a claim may come first. */
  readonly user: string | null;
  readonly provider: string | null;
  readonly connector: string | null;
  readonly config: Readonly<Record<string, unknown>> | null;
  readonly status: 'active' | 'suspended';
  readonly suspendCause: SuspendCause | null;
  readonly suspendMessage: string | null;
  readonly suspendedAt: Instant | null;
  /** Set when its user must consent again before then. */
  readonly consentEndsAt: Instant | null;
  readonly claims: readonly Claim[];
  readonly registeredAt: Instant | null;
  readonly updatedAt: Instant;
};

export const connectionTable: TableSpec<ConnectionRow> = {
  name: 'connections',
  columns: {
    tenant: 'text',
    id: 'text',
    user: 'text',
    provider: 'text',
    connector: 'text',
    config: 'json',
    status: 'text',
    suspendCause: 'text',
    suspendMessage: 'text',
    suspendedAt: 'number',
    consentEndsAt: 'number',
    claims: 'json',
    registeredAt: 'number',
    updatedAt: 'number',
  },
  key: ['tenant', 'id'],
  fixed: [],
  indexes: [{ on: 'tenant, user' }],
  capacity: 20_000,
};
