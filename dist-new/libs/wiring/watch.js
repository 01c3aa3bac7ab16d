import { scheduleAggregate } from '#lib/application/actors';
import { directStart, placeStart, SchedulerDesk } from '#lib/application/executor-desk';
import { Relay } from '#lib/application/relay';
import { ConnectionCareSaga, ConflictWatchSaga, DispatchSaga, LeaseWatchSaga, isOutage, parkEvent, ReplaySaga, SagaRunner, TimingSaga } from '#lib/application/sagas';
import { REACTIONS_LEASE, RELAY_LEASE, WEBHOOKS_LEASE } from '#lib/contracts/messages';
import { LeasedRunner } from './leased-runner.js';
import { startExecutor } from './executor.js';
import { WebhookWatch } from './webhook-watch.js';
/** The half of the engine that acts by itself: it watches the clock and the log, dispatches, and works. */ export class Watch {
    #timing;
    #dispatch;
    #leases;
    #webhooks;
    #live;
    #leased;
    #executor;
    constructor(options){
        this.options = options;
        this.#leased = [];
        const { actors, admission, environment, configuration, readModel, onError, telemetry, messaging } = options;
        const { leases, work } = messaging;
        const { leaseMs } = configuration;
        const indexed = (position)=>readModel.waitFor(position, 30_000);
        this.#timing = new TimingSaga({
            actors,
            environment,
            leases,
            index: this.#index,
            indexed,
            onError
        });
        const begin = placeStart({
            actors,
            work,
            leases,
            environment,
            leaseMs,
            onError
        });
        this.#dispatch = new DispatchSaga({
            actors,
            admission,
            environment,
            leases,
            work,
            placeStart: begin,
            onError
        });
        this.#leases = new LeaseWatchSaga({
            actors,
            environment,
            leases,
            leaseMs,
            onError
        });
        this.#webhooks = new WebhookWatch({
            ...options,
            sender: options.webhookSender
        });
        const dispatch = this.#dispatch;
        const open = ()=>dispatch.nothingToOffer;
        actors.follow(scheduleAggregate, directStart({
            admission,
            work,
            leases,
            environment,
            leaseMs,
            open
        }));
        const onRefused = (reason)=>telemetry.refusedResults.inc({
                reason
            });
        const { onHeartbeat } = options;
        const leaseWatch = this.#leases;
        const { credentials } = options;
        work.serve(new SchedulerDesk({
            actors,
            admission,
            leaseWatch,
            leases,
            work,
            environment,
            credentials,
            leaseMs,
            onHeartbeat,
            onRefused
        }));
    }
    /** Wake-ups of the near future in memory. */ get wakeUps() {
        return this.#timing.size;
    }
    async start() {
        const { actors, readModel, observers, messaging } = this.options;
        const following = {
            name: 'actors',
            handle: (event)=>actors.observe(event)
        };
        const sagas = [
            ...actors.shared ? [
                following
            ] : [],
            this.#timing,
            this.#dispatch,
            this.#leases,
            this.#webhooks.saga,
            observers
        ];
        // The index must not move between the sagas that start from it, and where they follow the log from.
        this.#live = readModel.atOnce((position)=>{
            this.#leases.start(this.#index);
            for (const provider of readModel.providers())this.#dispatch.restore(provider);
            this.#dispatch.start(this.#index);
            this.#timing.start();
            return this.#runner('live', sagas, {
                from: position
            });
        });
        this.#live.start();
        this.#leased = this.#leasedRunners();
        for (const runner of this.#leased)runner.start();
        await messaging.join();
        this.#startExecutor();
    }
    /** What one node does for all. */ #leasedRunners() {
        const { actors, store, environment, messaging, telemetry, onError, onEnded } = this.options;
        const { leases, publisher } = messaging;
        // Sagas that live in memory begin anew with each start: what they could not take is logged, and parked nowhere.
        const onParked = async (saga, event, error)=>{
            this.options.onParked(saga, event, error);
            await parkEvent(actors, saga, event, error).catch((thrown)=>{
                if (isOutage(thrown)) throw thrown;
                onError('parking', thrown);
            });
        };
        // Made anew each time: what they remember is of what they were shown, and meanwhile another node was.
        const react = ()=>{
            const own = [
                new ConnectionCareSaga(actors),
                new ConflictWatchSaga(actors)
            ];
            const reactions = [
                ...own,
                ...this.options.reactions
            ];
            const replay = new ReplaySaga(actors, store, reactions);
            return this.#runner('reactions', [
                ...reactions,
                replay
            ], {
                onParked
            });
        };
        const reacting = new LeasedRunner(leases, REACTIONS_LEASE, react, onError);
        const delivering = new LeasedRunner(leases, WEBHOOKS_LEASE, ()=>this.#webhooks.create(), onError);
        if (publisher === undefined) return [
            reacting,
            delivering
        ];
        const relay = ()=>new Relay({
                store,
                environment,
                publisher,
                onError,
                onRelayed: (events)=>telemetry.relayed.inc(events),
                onEnded: (error)=>onEnded('relay', error)
            });
        return [
            reacting,
            delivering,
            new LeasedRunner(leases, RELAY_LEASE, relay, onError)
        ];
    }
    #startExecutor() {
        const { configuration, environment, syncEngine, messaging, onError } = this.options;
        if (!configuration.localExecutor) return;
        const id = `local-${configuration.node}`;
        const intake = messaging.intake(id);
        this.#executor = startExecutor({
            id,
            configuration,
            environment,
            intake,
            engine: syncEngine,
            onError
        });
    }
    async stop(graceMs) {
        await this.#timing.stop();
        this.#dispatch.stop();
        await this.#executor?.stop(graceMs);
        this.#leases.stop();
        // From here on another node may do what this one did.
        await this.options.messaging.leave();
        for (const runner of this.#leased)await runner.stop();
        await this.#live?.stop();
    }
    get #index() {
        const { readModel } = this.options;
        return {
            wakeUpsBefore: (horizon, limit, after)=>readModel.wakeUpsBefore(horizon, limit, after),
            openRuns: ()=>readModel.openRuns()
        };
    }
    #runner(name, sagas, more) {
        const { store, environment, onParked, onEnded } = this.options;
        return new SagaRunner({
            name,
            store,
            environment,
            sagas,
            onParked,
            onEnded: (error)=>onEnded(name, error),
            ...more
        });
    }
}

//# sourceMappingURL=watch.js.map