import { accept, reject, unreachable, type Decider, type Decision, type Instant } from '#lib/domain/kernel';

type Event<Type extends string, Data extends object> = { readonly type: Type; readonly data: Readonly<Data> };
type Command<Type extends string, Data extends object = object> = {
  readonly type: Type;
  readonly now: Instant;
} & Readonly<Data>;

export const conflictKinds = ['duplicate', 'overlap', 'resource_limit'] as const;
export type ConflictKind = (typeof conflictKinds)[number];

/** Why it is over. `limits_suffice`: what is foreseen to be due may start in time again. */
export type Resolution = 'schedule_changed' | 'schedule_ended' | 'limits_suffice' | 'request';

export type ConflictFacts = {
  readonly kind: ConflictKind;
  /** Schedules concerned, sorted. A refused duplicate has no schedule of its own: its party is the one in its way. */
  readonly schedules: readonly string[];
  readonly user?: string;
  readonly connection?: string;
  readonly provider?: string;
  readonly message: string;
};

export type ConflictEvent =
  | Event<'ConflictDetected', ConflictFacts & { id: string }>
  | Event<'ConflictAcknowledged', { id: string; note?: string }>
  | Event<'ConflictResolved', { id: string; resolution: Resolution }>;

export type ConflictCommand =
  | Command<'DetectConflict', ConflictFacts & { id: string }>
  | Command<'AcknowledgeConflict', { id: string; note?: string | undefined }>
  | Command<'ResolveConflict', { id: string; resolution: Resolution }>;

export type ConflictState = { readonly status: 'none' | 'open' | 'acknowledged' | 'resolved' };
export type ConflictRejectionReason = 'conflict_not_found' | 'conflict_resolved';

/** Derived from kind and parties, so that detecting the same conflict twice names the same stream. */
export const conflictId = (kind: ConflictKind, ...parties: readonly string[]): string =>
  [kind, ...parties.toSorted()].join('.');

function decide(
  command: ConflictCommand,
  state: ConflictState,
): Decision<ConflictEvent, ConflictRejectionReason> {
  const { id } = command;
  if (command.type === 'DetectConflict') {
    const { type: _, now: __, ...facts } = command;
    return state.status === 'open' || state.status === 'acknowledged'
      ? accept()
      : accept<ConflictEvent>({ type: 'ConflictDetected', data: facts });
  }
  if (state.status === 'none') return reject('conflict_not_found', `there is no conflict ${id}`);
  if (command.type === 'ResolveConflict') {
    return state.status === 'resolved'
      ? accept()
      : accept<ConflictEvent>({ type: 'ConflictResolved', data: { id, resolution: command.resolution } });
  }
  if (state.status === 'resolved') return reject('conflict_resolved', `conflict ${id} is resolved already`);
  if (state.status === 'acknowledged') return accept();
  return accept<ConflictEvent>({
    type: 'ConflictAcknowledged',
    data: { id, ...(command.note === undefined ? {} : { note: command.note }) },
  });
}

function evolve(_: ConflictState, event: ConflictEvent): ConflictState {
  switch (event.type) {
    case 'ConflictDetected':
      return { status: 'open' };
    case 'ConflictAcknowledged':
      return { status: 'acknowledged' };
    case 'ConflictResolved':
      return { status: 'resolved' };
    default:
      return unreachable(event);
  }
}

/** Something wrong between definitions: one stream per conflict, so that it is raised once and settled once. */
export const conflict: Decider<ConflictState, ConflictCommand, ConflictEvent> = {
  initialState: { status: 'none' },
  decide,
  evolve,
};
