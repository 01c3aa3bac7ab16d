import type { EventType, StoredEvent } from '#lib/contracts/events';
import type { Instant } from '#lib/domain/kernel';

/**
 * A durable process manager: it is shown every event in order and reacts with commands. It may be shown an event
 * again after a restart, so what it does must be harmless to repeat; every command it sends is.
 *
 * A handler that throws is tried again, and then the event is parked with the reason: the next event is handled.
 */
export interface Saga {
  readonly name: string;
  /** The events it cares about: no other is shown to it. Absent: all. */
  readonly types?: readonly EventType[];
  /** One that has `types` takes {@link Shown} of itself: then the compiler holds its list against what it does with them. */
  handle(event: StoredEvent): void | Promise<void>;
}

/** Whether a saga is shown events of a type. */
export const caresFor = ({ types }: Saga, type: string): boolean =>
  types?.some((one) => one === type) ?? true;

/** The events that a saga with a list of types is shown. */
export type Shown<S extends { readonly types: readonly EventType[] }> = Extract<
  StoredEvent,
  { readonly type: S['types'][number] }
>;

/** What is waiting or running, as the read model has it: sagas that live in memory start from here. */
export interface WorkIndex {
  wakeUpsBefore(
    horizon: Instant,
    limit: number,
    after?: { wakeAt: Instant; schedule: string },
  ): readonly WakeUp[];
  openRuns(): readonly IndexedRun[];
}

export type WakeUp = { readonly schedule: string; readonly tenant: string; readonly wakeAt: Instant };

export type IndexedRun = {
  readonly run: string;
  readonly schedule: string;
  readonly tenant: string;
  readonly user: string;
  readonly connection: string;
  readonly provider: string;
  readonly priority: 'low' | 'normal' | 'high' | 'critical';
  readonly attempt: number;
  readonly status: string;
  readonly queuedAt: Instant;
  readonly fence?: number | undefined;
  readonly executor?: string | undefined;
  readonly cancelRequested?: boolean | undefined;
};
