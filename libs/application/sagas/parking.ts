import { parkingAggregate, type Actors, type CommandContext } from '#lib/application/actors';
import { parkingStream } from '#lib/contracts/streams';
import { parkingId, reasonOf, type ParkedFacts } from '#lib/domain/parking';
import type { RecordedEvent } from '#lib/event-store/port';

/** Stores that a handler could not take an event. Doing it again, while it is parked, changes nothing. */
export async function park(
  actors: Actors,
  facts: ParkedFacts,
  error: unknown,
  context: CommandContext,
): Promise<void> {
  const id = parkingId(facts.handler, facts.position);
  const command = { type: 'ParkEvent', ...facts, id, reason: reasonOf(error) } as const;
  await actors.execute(parkingAggregate, parkingStream(id), command, context);
}

/** What a runner's sagas could not take. The event may be one that nobody can read, its metadata included. */
export function parkEvent(
  actors: Actors,
  handler: string,
  event: RecordedEvent,
  error: unknown,
): Promise<void> {
  const { id, stream, revision, position, type: eventType } = event;
  const { tenant, correlation } = event.metadata as Readonly<Record<string, unknown>>;
  const context = {
    tenant: typeof tenant === 'string' ? tenant : 'default',
    actor: `saga:${handler}`,
    correlation: typeof correlation === 'string' ? correlation : id,
    causation: id,
  };
  return park(actors, { handler, stream, revision, position, eventType }, error, context);
}
