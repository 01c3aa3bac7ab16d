import { parseStream } from '#lib/contracts/streams';
import type { ConnectionEvent } from '#lib/domain/connection';
import type { ConflictEvent } from '#lib/domain/conflict';
import type { ProviderEvent } from '#lib/domain/provider';
import type { ScheduleEvent } from '#lib/domain/schedule';
import type { RecordedEvent } from '#lib/event-store/port';
type Known = ScheduleEvent | ConnectionEvent | ProviderEvent | ConflictEvent;
export type StoredEvent = Known extends infer E
  ? E extends Known
    ? Omit<RecordedEvent, 'type' | 'data'> & E
    : never
  : never;
export const eventVersion = (_type: string): number => 1;
export function decodeEvent(recorded: RecordedEvent): StoredEvent | undefined {
  return parseStream(recorded.stream) === undefined ? undefined : (recorded as unknown as StoredEvent);
}
