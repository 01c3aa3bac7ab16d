import type { Instant } from '#lib/domain/kernel';
import type { OperationType } from '#lib/domain/schedule';

/** A connection is one user's link to one provider account. Its aggregate arbitrates which schedules may act on it. */
type Event<Type extends string, Data extends object> = { readonly type: Type; readonly data: Readonly<Data> };
type Command<Type extends string, Data extends object = object> = {
  readonly type: Type;
  readonly now: Instant;
} & Readonly<Data>;

export const suspendCauses = ['auth_revoked', 'permission', 'request'] as const;
export type SuspendCause = (typeof suspendCauses)[number];

/** How to reach the provider, without secrets: those are in the vault under the connection's name. */
export type ConnectionProfile = {
  readonly id: string;
  readonly user: string;
  readonly provider: string;
  readonly connector?: string;
  readonly config?: Readonly<Record<string, unknown>>;
};

export type ConnectionEvent =
  | Event<'ConnectionRegistered', ConnectionProfile>
  | Event<'ScheduleClaimed', { schedule: string; operation: OperationType }>
  | Event<
      'ClaimReleased',
      { schedule: string; operation: OperationType; reason: 'schedule_ended' | 'never_created' }
    >
  | Event<'ConnectionSuspended', { cause: SuspendCause; message: string; run?: string }>
  | Event<'ConnectionRestored', { note?: string }>
  /** Its settings are gone, and its credentials with them. `forget`: what was synced over it, too. */
  | Event<'ConnectionRemoved', { records: 'keep' | 'forget'; note?: string }>
  /** The user must consent again before `endsAt`; until then everything works. */
  | Event<'ConsentEnding', { endsAt: Instant; user?: string; provider?: string }>;

export type ConnectionCommand =
  | Command<'RegisterConnection', ConnectionProfile>
  | Command<'ClaimConnection', { schedule: string; operation: OperationType; user: string; provider: string }>
  | Command<'ReleaseClaim', { schedule: string; reason: 'schedule_ended' | 'never_created' }>
  | Command<'SuspendConnection', { cause: SuspendCause; message: string; run?: string | undefined }>
  | Command<'RestoreConnection', { note?: string | undefined }>
  | Command<'RemoveConnection', { records: 'keep' | 'forget'; note?: string | undefined }>
  | Command<'NoticeConsentEnding', { endsAt: Instant }>;

export type Claim = { readonly schedule: string; readonly operation: OperationType; readonly at: Instant };

export type ConnectionState = {
  readonly status: 'active' | 'suspended';
  readonly profile?: ConnectionProfile;
  /** How often it was registered: grows with each change of its settings. */
  readonly registrations: number;
  /** One schedule per operation type at most. */
  readonly claims: readonly Claim[];
  /** End of the last consent that its user was warned of. */
  readonly consentEndsAt?: Instant;
  readonly suspension?: { readonly cause: SuspendCause; readonly message: string; readonly at: Instant };
};

export type ConnectionRejectionReason =
  | 'duplicate_schedule'
  | 'connection_suspended'
  | 'connection_mismatch'
  | 'not_suspended'
  | 'connection_in_use';
