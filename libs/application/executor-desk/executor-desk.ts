import { scheduleAggregate, type Actors, type CommandAnswer, type Unstamped } from '#lib/application/actors';
import { itemOf, type Admission } from '#lib/application/admission';
import type { LeaseWatchSaga } from '#lib/application/sagas';
import {
  DISPATCH_LEASE,
  type AttemptRef,
  type CheckpointReport,
  type ClaimAnswer,
  type ClaimRequest,
  type ConnectionAnswer,
  type ConnectionRequest,
  type Heartbeat,
  type HeartbeatAnswer,
  type OutcomeReport,
  type ReportAnswer,
  type TokenAnswer,
  type TokenRequest,
} from '#lib/contracts/messages';
import { scheduleStream } from '#lib/contracts/streams';
import type { Millis } from '#lib/domain/kernel';
import { isLiving, type ScheduleCommand, type ScheduleState } from '#lib/domain/schedule';
import type { ExecutorDesk, WorkDistribution } from '#lib/messaging/port';
import type { CredentialOwner, Environment, Leases } from '#lib/ports';
import { actorOf } from './actor-of.js';
import { grantOf, runningIn } from './grant.js';

/** Where credentials are, for executors that have none. */
export interface CredentialSource {
  /** Undefined where there is no such connection. */
  view(owner: CredentialOwner): Promise<ConnectionAnswer | undefined>;
  token(owner: CredentialOwner, refused: string | undefined): Promise<TokenAnswer>;
}

/** Answers executors: each question is a command to the schedule, and what the log accepts is what counts. */
export type SchedulerDeskOptions = {
  readonly actors: Actors;
  readonly admission: Admission;
  readonly leaseWatch: LeaseWatchSaga;
  readonly leases: Leases;
  readonly work: WorkDistribution;
  readonly environment: Environment;
  readonly credentials: CredentialSource;
  readonly leaseMs: Millis;
  readonly onHeartbeat: (beat: Heartbeat) => void;
  /** Results that came late, twice, or from a lease that was lost. */
  readonly onRefused: (reason: string) => void;
};

export class SchedulerDesk implements ExecutorDesk {
  constructor(private readonly options: SchedulerDeskOptions) {}

  async claim(request: ClaimRequest): Promise<ClaimAnswer> {
    const { run, attempt, executor, claim, epoch } = request;
    // Admitted by a node that does not dispatch any more: its successor offers the run when limits allow. What that node
    // granted before it went is granted still, though its answer was lost with it.
    const stale = epoch < this.options.leases.epoch(DISPATCH_LEASE);
    if (stale && !(await this.#claimed(request))) return { granted: false, reason: 'stale_offer' };
    const answer = await this.#ask(request, executor, { type: 'StartRun', run, attempt, executor, claim });
    if (!answer.ok) return { granted: false, reason: answer.rejection.reason };
    const granted = grantOf(answer.state, run, this.options.leaseMs);
    // Asked again, perhaps after a take-over: until it has this answer, its heartbeats do not name the attempt.
    if (granted.granted) this.options.leaseWatch.heard({ run, fence: granted.fence, executor });
    return granted;
  }

  async #claimed({ schedule, tenant, run, attempt, claim }: ClaimRequest): Promise<boolean> {
    const { state } = await this.options.actors.read(scheduleAggregate, scheduleStream(schedule), tenant);
    const open = runningIn(state, run);
    return open?.attempt === attempt && open.claim === claim;
  }

  async checkpoint(report: CheckpointReport): Promise<ReportAnswer> {
    const { run, attempt, fence, state, counts, executor } = report;
    return this.#reply(
      await this.#ask(report, executor, {
        type: 'CheckpointRun',
        run,
        attempt,
        fence,
        executor,
        state,
        counts,
      }),
    );
  }

  async report(report: OutcomeReport): Promise<ReportAnswer> {
    const { run, attempt, fence, outcome, executor } = report;
    const fraction = this.options.environment.random.fraction();
    return this.#reply(
      await this.#ask(report, executor, {
        type: 'ReportRun',
        run,
        attempt,
        fence,
        executor,
        outcome,
        fraction,
      }),
    );
  }

  heartbeat(beat: Heartbeat): Promise<HeartbeatAnswer> {
    this.options.admission.adapt(beat.resources.overloaded);
    this.options.onHeartbeat(beat);
    const answer = this.options.leaseWatch.heartbeat(beat);
    // Tried again with its next heartbeat.
    for (const run of answer.unaware) this.#giveAgain(run, beat).catch(() => {});
    return Promise.resolve(answer);
  }

  /** What the log says an executor's process holds, and it does not know of. */
  async #giveAgain(run: string, { executor, claim }: Heartbeat): Promise<void> {
    const { actors, admission, leases, leaseMs, work } = this.options;
    const entry = admission.find(run);
    if (entry === undefined || claim === undefined) return;
    const { stream, tenant, attempt } = entry;
    const { state } = await actors.read(scheduleAggregate, stream, tenant);
    const open = runningIn(state, run);
    const granted = grantOf(state, run, leaseMs);
    if (open?.claim !== claim || open.attempt !== attempt || !granted.granted) return;
    work.give({ executor, claim }, itemOf(entry, leases.epoch(DISPATCH_LEASE)), granted);
  }

  async connection(request: ConnectionRequest): Promise<ConnectionAnswer> {
    const refused = await this.#notHeld(request);
    if (refused !== undefined) return { granted: false, reason: refused };
    const view = await this.options.credentials.view(request);
    return view ?? { granted: false, reason: `there is no connection ${request.connection}` };
  }

  async token(request: TokenRequest): Promise<TokenAnswer> {
    const refused = await this.#notHeld(request);
    if (refused !== undefined) return { granted: false, class: 'CANCELLED', message: refused };
    return this.options.credentials.token(request, request.refused);
  }

  /** Why an executor may not know about a connection: it holds no attempt of a schedule that uses it. */
  async #notHeld({ schedule, tenant, run, fence, executor, connection }: ConnectionRequest) {
    const { state } = await this.options.actors.read(scheduleAggregate, scheduleStream(schedule), tenant);
    const open = runningIn(state, run);
    const holds = open?.fence === fence && open.executor === executor;
    return holds && isLiving(state) && state.definition.connection === connection
      ? undefined
      : 'this executor does not hold an attempt that uses the connection';
  }

  /** What an executor does belongs to whatever made the run: an auditor follows one correlation from due to done. */
  #ask(
    ref: Pick<AttemptRef, 'tenant' | 'schedule' | 'run'>,
    executor: string,
    command: Unstamped<ScheduleCommand>,
  ): Promise<CommandAnswer<ScheduleState>> {
    const { actors, admission, environment } = this.options;
    const { tenant, schedule, run } = ref;
    const known = admission.find(run);
    const correlation = known?.correlation ?? environment.ids.next();
    const stream = known?.schedule === schedule ? known.stream : scheduleStream(schedule);
    return actors.execute(scheduleAggregate, stream, command, {
      tenant,
      actor: actorOf(executor),
      correlation,
    });
  }

  #reply(answer: CommandAnswer<ScheduleState>): ReportAnswer {
    if (answer.ok) return { accepted: true };
    this.options.onRefused(answer.rejection.reason);
    return { accepted: false, reason: answer.rejection.reason };
  }
}
