import { scheduleAggregate } from '#lib/application/actors';
import { itemOf } from '#lib/application/admission';
import { DISPATCH_LEASE } from '#lib/contracts/messages';
import { scheduleStream } from '#lib/contracts/streams';
import { isLiving } from '#lib/domain/schedule';
import { actorOf } from './actor-of.js';
import { grantOf, runningIn } from './grant.js';
export class SchedulerDesk {
    constructor(options){
        this.options = options;
    }
    async claim(request) {
        const { run, attempt, executor, claim, epoch } = request;
        // Admitted by a node that does not dispatch any more: its successor offers the run when limits allow. What that node
        // granted before it went is granted still, though its answer was lost with it.
        const stale = epoch < this.options.leases.epoch(DISPATCH_LEASE);
        if (stale && !await this.#claimed(request)) return {
            granted: false,
            reason: 'stale_offer'
        };
        const answer = await this.#ask(request, executor, {
            type: 'StartRun',
            run,
            attempt,
            executor,
            claim
        });
        if (!answer.ok) return {
            granted: false,
            reason: answer.rejection.reason
        };
        const granted = grantOf(answer.state, run, this.options.leaseMs);
        // Asked again, perhaps after a take-over: until it has this answer, its heartbeats do not name the attempt.
        if (granted.granted) this.options.leaseWatch.heard({
            run,
            fence: granted.fence,
            executor
        });
        return granted;
    }
    async #claimed({ schedule, tenant, run, attempt, claim }) {
        const { state } = await this.options.actors.read(scheduleAggregate, scheduleStream(schedule), tenant);
        const open = runningIn(state, run);
        return open?.attempt === attempt && open.claim === claim;
    }
    async checkpoint(report) {
        const { run, attempt, fence, state, counts, executor } = report;
        return this.#reply(await this.#ask(report, executor, {
            type: 'CheckpointRun',
            run,
            attempt,
            fence,
            executor,
            state,
            counts
        }));
    }
    async report(report) {
        const { run, attempt, fence, outcome, executor } = report;
        const fraction = this.options.environment.random.fraction();
        return this.#reply(await this.#ask(report, executor, {
            type: 'ReportRun',
            run,
            attempt,
            fence,
            executor,
            outcome,
            fraction
        }));
    }
    heartbeat(beat) {
        this.options.admission.adapt(beat.resources.overloaded);
        this.options.onHeartbeat(beat);
        const answer = this.options.leaseWatch.heartbeat(beat);
        // Tried again with its next heartbeat.
        for (const run of answer.unaware)this.#giveAgain(run, beat).catch(()=>{});
        return Promise.resolve(answer);
    }
    /** What the log says an executor's process holds, and it does not know of. */ async #giveAgain(run, { executor, claim }) {
        const { actors, admission, leases, leaseMs, work } = this.options;
        const entry = admission.find(run);
        if (entry === undefined || claim === undefined) return;
        const { stream, tenant, attempt } = entry;
        const { state } = await actors.read(scheduleAggregate, stream, tenant);
        const open = runningIn(state, run);
        const granted = grantOf(state, run, leaseMs);
        if (open?.claim !== claim || open.attempt !== attempt || !granted.granted) return;
        work.give({
            executor,
            claim
        }, itemOf(entry, leases.epoch(DISPATCH_LEASE)), granted);
    }
    async connection(request) {
        const refused = await this.#notHeld(request);
        if (refused !== undefined) return {
            granted: false,
            reason: refused
        };
        const view = await this.options.credentials.view(request);
        return view ?? {
            granted: false,
            reason: `there is no connection ${request.connection}`
        };
    }
    async token(request) {
        const refused = await this.#notHeld(request);
        if (refused !== undefined) return {
            granted: false,
            class: 'CANCELLED',
            message: refused
        };
        return this.options.credentials.token(request, request.refused);
    }
    /** Why an executor may not know about a connection: it holds no attempt of a schedule that uses it. */ async #notHeld({ schedule, tenant, run, fence, executor, connection }) {
        const { state } = await this.options.actors.read(scheduleAggregate, scheduleStream(schedule), tenant);
        const open = runningIn(state, run);
        const holds = open?.fence === fence && open.executor === executor;
        return holds && isLiving(state) && state.definition.connection === connection ? undefined : 'this executor does not hold an attempt that uses the connection';
    }
    /** What an executor does belongs to whatever made the run: an auditor follows one correlation from due to done. */ #ask(ref, executor, command) {
        const { actors, admission, environment } = this.options;
        const { tenant, schedule, run } = ref;
        const known = admission.find(run);
        const correlation = known?.correlation ?? environment.ids.next();
        const stream = known?.schedule === schedule ? known.stream : scheduleStream(schedule);
        return actors.execute(scheduleAggregate, stream, command, {
            tenant,
            actor: actorOf(executor),
            correlation
        });
    }
    #reply(answer) {
        if (answer.ok) return {
            accepted: true
        };
        this.options.onRefused(answer.rejection.reason);
        return {
            accepted: false,
            reason: answer.rejection.reason
        };
    }
}

//# sourceMappingURL=executor-desk.js.map