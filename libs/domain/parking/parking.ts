import { accept, reject, unreachable, type Decider, type Decision, type Instant } from '#lib/domain/kernel';

type Event<Type extends string, Data extends object> = { readonly type: Type; readonly data: Readonly<Data> };
type Command<Type extends string, Data extends object = object> = {
  readonly type: Type;
  readonly now: Instant;
} & Readonly<Data>;

/** Of an event that nobody could read: no saga was shown it. */
export const DECODING = 'decoding';

/** Longest reason kept, in characters: it may quote what could not be read. */
const MOST = 500;

/** Why somebody could not take an event, in the words of what was thrown. */
export const reasonOf = (thrown: unknown): string =>
  (thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown))
    .slice(0, MOST)
    .toWellFormed();

/** Which event it is, and who could not take it. */
export type ParkedFacts = {
  /** A saga's name, or {@link DECODING}. */
  readonly handler: string;
  readonly stream: string;
  readonly revision: number;
  /** In the log. */
  readonly position: number;
  readonly eventType: string;
};

export type ParkingEvent =
  | Event<'EventParked', ParkedFacts & { id: string; reason: string }>
  | Event<'ReplayRequested', { id: string; note?: string }>
  | Event<'EventReplayed', { id: string }>;

export type ParkingCommand =
  | Command<'ParkEvent', ParkedFacts & { id: string; reason: string }>
  | Command<'RequestReplay', { id: string; note?: string | undefined }>
  | Command<'ConfirmReplay', { id: string }>;

/** parked ─(somebody asks)─► replaying ─► replayed, or parked again with the new reason. */
export type ParkingState =
  | { readonly status: 'none' | 'replayed' }
  | { readonly status: 'parked' | 'replaying'; readonly facts: ParkedFacts };
export type ParkingRejectionReason = 'parked_event_not_found' | 'event_replayed';

/** Derived from the handler and the event's position, so that parking the same event twice names the same stream. */
export const parkingId = (handler: string, position: number): string => `${handler}.${position}`;

function decide(
  command: ParkingCommand,
  state: ParkingState,
): Decision<ParkingEvent, ParkingRejectionReason> {
  const { id } = command;
  switch (command.type) {
    case 'ParkEvent': {
      const { type: _, now: __, ...facts } = command;
      return state.status === 'parked'
        ? accept()
        : accept<ParkingEvent>({ type: 'EventParked', data: facts });
    }
    case 'RequestReplay': {
      if (state.status === 'none') return reject('parked_event_not_found', `there is no parked event ${id}`);
      if (state.status === 'replayed') return reject('event_replayed', `event ${id} was replayed already`);
      if (state.status === 'replaying') return accept();
      const data = { id, ...(command.note === undefined ? {} : { note: command.note }) };
      return accept<ParkingEvent>({ type: 'ReplayRequested', data });
    }
    case 'ConfirmReplay':
      return state.status === 'replaying'
        ? accept<ParkingEvent>({ type: 'EventReplayed', data: { id } })
        : accept();
    default:
      return unreachable(command);
  }
}

function evolve(state: ParkingState, event: ParkingEvent): ParkingState {
  switch (event.type) {
    case 'EventParked': {
      const { id: _, reason: __, ...facts } = event.data;
      return { status: 'parked', facts };
    }
    case 'ReplayRequested':
      return state.status === 'parked' ? { ...state, status: 'replaying' } : state;
    case 'EventReplayed':
      return { status: 'replayed' };
    default:
      return unreachable(event);
  }
}

/** An event that a saga could not take: one stream for each, from the first failure until it was taken after all. */
export const parking: Decider<ParkingState, ParkingCommand, ParkingEvent> = {
  initialState: { status: 'none' },
  decide,
  evolve,
};
