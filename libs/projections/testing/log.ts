import {
  bulkStream,
  connectionStream,
  conflictStream,
  parkingStream,
  providerStream,
  scheduleStream,
  tenantStream,
  webhookStream,
} from '#lib/contracts/streams';
import type { BulkEvent } from '#lib/domain/bulk';
import type { ConflictEvent } from '#lib/domain/conflict';
import type { ConnectionEvent } from '#lib/domain/connection';
import type { Instant } from '#lib/domain/kernel';
import type { ParkingEvent } from '#lib/domain/parking';
import type { ProviderEvent } from '#lib/domain/provider';
import type { ScheduleEvent } from '#lib/domain/schedule';
import type { TenantEvent } from '#lib/domain/tenant';
import type { WebhookEvent } from '#lib/domain/webhook';
import type { EventMetadata, RecordedEvent } from '#lib/event-store/port';

type Any = { readonly type: string; readonly data: object };
type Meta = Partial<Pick<EventMetadata, 'tenant' | 'wakeAt' | 'actor' | 'causation'>>;

/** A log written by hand, for tests and measures: positions and revisions as a store would give them. */
export class Log {
  readonly events: RecordedEvent[] = [];
  readonly #revisions = new Map<string, number>();

  constructor(public now: Instant = Date.UTC(2026, 0, 1)) {}

  get head(): number {
    return this.events.at(-1)?.position ?? 0;
  }

  schedule(id: string, event: ScheduleEvent, meta: Meta = {}): this {
    return this.append(scheduleStream(id), event, meta);
  }

  connection(id: string, event: ConnectionEvent, meta: Meta = {}): this {
    return this.append(connectionStream(meta.tenant ?? 'default', id), event, meta);
  }

  provider(id: string, event: ProviderEvent, meta: Meta = {}): this {
    return this.append(providerStream(id), event, meta);
  }

  conflict(id: string, event: ConflictEvent, meta: Meta = {}): this {
    return this.append(conflictStream(id), event, meta);
  }

  parking(event: ParkingEvent, meta: Meta = {}): this {
    return this.append(parkingStream(event.data.id), event, meta);
  }

  webhook(id: string, event: WebhookEvent, meta: Meta = {}): this {
    return this.append(webhookStream(id), event, meta);
  }

  tenant(event: TenantEvent, meta: Meta = {}): this {
    return this.append(tenantStream(event.data.tenant), event, meta);
  }

  bulk(event: BulkEvent, meta: Meta = {}): this {
    return this.append(bulkStream(event.data.id), event, meta);
  }

  at(now: Instant): this {
    this.now = now;
    return this;
  }

  append(stream: string, { type, data }: Any, meta: Meta = {}): this {
    const revision = (this.#revisions.get(stream) ?? -1) + 1;
    this.#revisions.set(stream, revision);
    const position = this.events.length + 1;
    const metadata = {
      v: 1,
      at: this.now,
      tenant: 'default',
      actor: 'test',
      correlation: `c${position}`,
      ...meta,
    };
    const id = `00000000-0000-4000-8000-${position.toString(16).padStart(12, '0')}`;
    this.events.push({ id, type, data, metadata, stream, revision, position });
    return this;
  }
}
