// Events as the aggregates decide them, without a service: for measures that need a long log more than a live one.
import { connectionAggregate, scheduleAggregate } from '../dist/libs/application/actors/index.js';
import { envelopes } from '../dist/libs/application/actors/envelopes.js';
import { connectionStream, scheduleStream } from '../dist/libs/contracts/streams/index.js';
import { systemEnvironment } from '../dist/libs/wiring/index.js';
import { context } from './rig.mjs';

/** A stream that does not exist yet, and what each command appends to it: as an actor would, and as it would look. */
class Stream {
  #state;
  #revision = -1;

  constructor(aggregate, name) {
    this.aggregate = aggregate;
    this.name = name;
    this.#state = aggregate.decider.initialState;
  }

  get state() {
    return this.#state;
  }

  async do(store, command) {
    const { decider, wakeAt } = this.aggregate;
    const { accepted, events, rejection } = decider.decide(command, this.#state);
    if (!accepted) throw new Error(rejection.message);
    for (const event of events) this.#state = decider.evolve(this.#state, event, command.now);
    const batch = envelopes(
      { events, context },
      {
        now: command.now,
        wakeAt: wakeAt && (wakeAt(this.#state) ?? null),
        nextId: () => systemEnvironment.ids.next(),
      },
    );
    if (batch.length > 0)
      ({ revision: this.#revision } = await store.append(this.name, this.#revision, batch));
    return events;
  }
}

/** The claim of a schedule's connection, then its definition: answers the schedule's stream, to go on with. */
export async function created(store, { id, definition, now }) {
  const { operation, connection } = definition;
  const claims = new Stream(connectionAggregate, connectionStream(context.tenant, connection));
  await claims.do(store, { type: 'ClaimConnection', schedule: id, operation, now });
  const schedule = new Stream(scheduleAggregate, scheduleStream(id));
  await schedule.do(store, { type: 'CreateSchedule', id, definition, now });
  return schedule;
}

/** The next occurrence of a schedule, from due to done: three events. */
export async function ran(store, schedule, { now, executor = 'bench', tookMs = 800 }) {
  const [queued] = await schedule.do(store, { type: 'AdvanceSchedule', now, fraction: 0 });
  const { run, attempt } = queued.data;
  await schedule.do(store, { type: 'StartRun', run, attempt, executor, claim: executor, now: now + 5 });
  const { fence } = schedule.state.open.find((open) => open.run === run);
  const counts = { read: 12, written: 3, rejected: 0 };
  const outcome = { kind: 'succeeded', counts };
  const report = { type: 'ReportRun', run, attempt, fence, executor, outcome, fraction: 0 };
  await schedule.do(store, { ...report, now: now + 5 + tookMs });
}
