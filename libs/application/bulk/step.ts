import {
  bulkAggregate,
  scheduleAggregate,
  type Actors,
  type CommandContext,
  type Unstamped,
} from '#lib/application/actors';
import { whyNotResumed } from '#lib/application/resuming';
import { decodeEvent } from '#lib/contracts/events';
import { scheduleStream } from '#lib/contracts/streams';
import { toUndo, type AskedBulkChange, type BulkOutcome, type Inverse } from '#lib/domain/bulk';
import { unreachable } from '#lib/domain/kernel';
import { isLiving, type ScheduleCommand, type ScheduleEvent, type ScheduleState } from '#lib/domain/schedule';
import type { EventStore } from '#lib/event-store/port';
import { changesOf } from './changes-of.js';

/** Schedules that are changed at once, and at most again after a crash. */
const STEP = 50;

type Wanted = Exclude<Unstamped<ScheduleCommand>, { type: 'CreateSchedule' }>;

/** One schedule's turn, at the version that it is to be changed at. */
type Turn = {
  readonly schedule: string;
  readonly version: number;
  readonly resumes: boolean;
  readonly command: () => Wanted | Promise<Wanted>;
};

type Read = (schedule: string) => Promise<ScheduleState>;

/**
 * Takes the next step of a bulk change: each schedule by a command of its own, bound to the version that was planned for and
 * to a key, and then what became of them is recorded. A step that a crash kept from being recorded is taken again, and
 * what was done of it is answered as the first time.
 */
export class BulkStep {
  constructor(
    private readonly actors: Actors,
    private readonly store: Pick<EventStore, 'readStream'>,
  ) {}

  /** `as`: whoever asked, and for what. */
  async take(stream: string, state: AskedBulkChange, as: CommandContext): Promise<void> {
    const { id } = state;
    const undoing = state.status === 'undoing';
    const [from, turns] = undoing
      ? undoTurns(state)
      : changeTurns(state, (schedule) => this.#state(schedule));
    const key = `bulk.${id}${undoing ? '.undo' : ''}`;
    const keyed = { ...as, idempotency: { key, fingerprint: key } };
    const outcomes = await Promise.all(turns.map((turn) => this.#change(turn, keyed)));
    const type = undoing ? 'RecordBulkUndo' : 'RecordBulkChange';
    const command = { type, id, from, outcomes } as const;
    const recorded = await this.actors.execute(bulkAggregate, stream, command, {
      ...as,
      actor: 'saga:bulk-changes',
    });
    // It would be taken again and again.
    if (!recorded.ok)
      throw new Error(`what became of ${stream} was not recorded: ${recorded.rejection.message}`);
  }

  async #change({ schedule, version, resumes, command }: Turn, as: CommandContext): Promise<BulkOutcome> {
    const refused = resumes ? await whyNotResumed(this.actors, schedule, as) : undefined;
    if (refused !== undefined) return { schedule, reason: refused.reason };
    const stream = scheduleStream(schedule);
    const wanted = { ...(await command()), ifVersion: version };
    const answer = await this.actors.execute(scheduleAggregate, stream, wanted, as);
    if (!answer.ok) {
      // One that was to go on and does already was not changed against anybody's will.
      const goesOn = resumes && (await this.#state(schedule)).status === 'active';
      return { schedule, reason: goesOn ? 'not_paused' : answer.rejection.reason };
    }
    const state = answer.repeated ? await this.#stateAt(stream, answer.revision) : answer.state;
    return { schedule, version: isLiving(state) ? state.version : 0 };
  }

  async #state(schedule: string): Promise<ScheduleState> {
    return (await this.actors.read(scheduleAggregate, scheduleStream(schedule))).state;
  }

  /** As a command left it that was answered before: others may have changed it since. */
  async #stateAt(stream: string, revision: number): Promise<ScheduleState> {
    const { decider } = scheduleAggregate;
    let state = decider.initialState;
    for (const recorded of await this.store.readStream(stream, { limit: revision + 1 })) {
      const event = decodeEvent(recorded);
      if (event !== undefined) state = decider.evolve(state, event as ScheduleEvent, recorded.metadata.at);
    }
    return state;
  }
}

type Turns = readonly [from: number, turns: readonly Turn[]];

/** The next schedules of the plan, and the place of the first. */
function changeTurns(state: AskedBulkChange, read: Read): Turns {
  const from = state.outcomes.length;
  const command = commandOf(state, read);
  const resumes = state.change.action === 'resume';
  const turns = state.items
    .slice(from, from + STEP)
    .map(({ schedule, version }): Turn => ({ schedule, version, resumes, command: () => command(schedule) }));
  return [from, turns];
}

function commandOf(
  { change, requestedAt }: AskedBulkChange,
  read: Read,
): (schedule: string) => Wanted | Promise<Wanted> {
  switch (change.action) {
    case 'pause': {
      const { note, until } = change;
      return () => ({ type: 'PauseSchedule', cause: 'request', note, until });
    }
    case 'resume':
      return () => ({ type: 'ResumeSchedule' });
    case 'delete':
      return () => ({ type: 'DeleteSchedule', note: change.note });
    case 'update': {
      const changes = changesOf(change.set, requestedAt);
      return async (schedule) => {
        const state = await read(schedule);
        // One that is gone refuses whatever it is told.
        return { type: 'UpdateSchedule', changes: isLiving(state) ? changes(state.definition) : {} };
      };
    }
    default:
      return unreachable(change);
  }
}

/** The same of what is to be taken back. */
function undoTurns(state: AskedBulkChange): Turns {
  const from = state.undone.length;
  const turns = toUndo(state)
    .slice(from, from + STEP)
    .map(({ schedule, version, inverse }): Turn => {
      const resumes = inverse.action === 'resume';
      return { schedule, version, resumes, command: () => inverseCommand(inverse) };
    });
  return [from, turns];
}

function inverseCommand(inverse: Inverse): Wanted {
  switch (inverse.action) {
    case 'resume':
      return { type: 'ResumeSchedule' };
    case 'pause': {
      const { cause, note, until } = inverse;
      return { type: 'PauseSchedule', cause, note, until };
    }
    case 'update':
      return { type: 'UpdateSchedule', changes: inverse.changes };
    default:
      return unreachable(inverse);
  }
}
