import type { BulkEvent } from '#lib/domain/bulk';
import type { ConflictEvent } from '#lib/domain/conflict';
import type { ConnectionEvent } from '#lib/domain/connection';
import type { ParkingEvent } from '#lib/domain/parking';
import type { ProviderEvent } from '#lib/domain/provider';
import type { ScheduleEvent } from '#lib/domain/schedule';
import type { TenantEvent } from '#lib/domain/tenant';
import type { WebhookEvent } from '#lib/domain/webhook';
import type { RecordedEvent } from '#lib/event-store/port';
import type { Rows } from '../store/rows.js';

type Envelope = Omit<RecordedEvent, 'type' | 'data'>;

/** An event of the house as it was stored, by the kind of its stream. */
export type ScheduleFact = ScheduleEvent & Envelope;
export type ConnectionFact = ConnectionEvent & Envelope;
export type ProviderFact = ProviderEvent & Envelope;
export type ConflictFact = ConflictEvent & Envelope;
export type ParkingFact = ParkingEvent & Envelope;
export type WebhookFact = WebhookEvent & Envelope;
export type BulkFact = BulkEvent & Envelope;
export type TenantFact = TenantEvent & Envelope;

/**
 * A fold over rows. Pure: what it puts follows from the event and from rows that earlier events put, and never from the
 * clock or from where a batch ends. `id` is the stream's name without its prefix.
 */
export type Projection<Fact> = {
  readonly name: string;
  apply(event: Fact, id: string, rows: Rows): void;
  /** Rows were written: references into the tables must be let go. */
  settled?(): void;
};
