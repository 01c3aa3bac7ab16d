import { ConsentWatchSaga } from '#lib/application/sagas';
import { Watch } from './watch.js';
/** What watches an engine's log and clock. `onEnded`: somebody who follows the log does so no more. */ export function openWatch(engine, parts, { subscriptionWatch, onError, onEnded }) {
    const { configuration, environment, store, actors, admission, readModel, observers, telemetry } = engine;
    const { messaging, connectors, heartbeats, webhooks } = engine;
    return new Watch({
        configuration,
        environment,
        store,
        actors,
        admission,
        readModel,
        observers,
        telemetry,
        messaging,
        reactions: [
            subscriptionWatch,
            new ConsentWatchSaga({
                actors,
                clock: environment.clock,
                ends: (provider)=>connectors.consentEnds(provider),
                endingSoon: (tenant, connection)=>connectors.consentEndingSoon(tenant, connection)
            })
        ],
        credentials: connectors.credentials,
        syncEngine: parts.syncEngine ?? connectors.engine,
        onHeartbeat: (beat)=>heartbeats.heard(beat),
        webhookSender: webhooks.sender,
        onError,
        onParked: (saga, { stream, revision, position }, error)=>{
            telemetry.parked.inc({
                handler: saga
            });
            parts.log('error', 'an event was parked', {
                saga,
                stream,
                revision,
                position,
                error
            });
        },
        onEnded: (runner, error)=>{
            onEnded();
            parts.log('error', `the ${runner} subscription ended; restart after the log is repaired`, {
                error
            });
        }
    });
}

//# sourceMappingURL=open-watch.js.map