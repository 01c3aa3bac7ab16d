import { ConfigurationError } from './config.js';
import { startExecutor } from './executor.js';
import { openExecutorHealth } from './executor-health.js';
import { loadConnectors, tellUnserved } from './load-connectors.js';
import { assertNatsFiles } from './nats-files.js';
import { openRemoteSyncEngine } from './sync-engine.js';
import { systemEnvironment } from './system-environment.js';
import { ProcessTelemetry } from './telemetry.js';
import { Troubles } from './troubles.js';
/** An executor in a process of its own: takes its work from NATS, and knows schedulers by their subjects only. */ export async function startRemoteExecutor(parts) {
    const { configuration, log, environment = systemEnvironment, around } = parts;
    if (configuration.nats === undefined) throw new ConfigurationError('an executor takes its work from NATS: set SYNCOPATE_NATS_URL');
    await assertNatsFiles(configuration);
    const connectors = await loadConnectors(configuration);
    tellUnserved(configuration, connectors, parts);
    const { connectNats, disconnectNats, NatsIntake, NatsLink, NatsSink } = await import('#lib/messaging/nats');
    const { node: id, allowPlainText } = configuration;
    const telemetry = new ProcessTelemetry();
    const troubles = new Troubles(log, environment, telemetry);
    const { told: onError } = troubles;
    const nc = await connectNats({
        ...configuration.nats,
        allowPlainText,
        role: 'executor',
        name: id
    });
    const link = new NatsLink({
        nc,
        way: configuration.nats,
        clock: environment.clock,
        tell: log
    });
    let executor;
    let stopping;
    const running = ()=>executor?.running ?? 0;
    const phase = ()=>executor === undefined ? 'starting' : stopping === undefined ? 'started' : 'stopping';
    // Before any work is taken: what cannot be listened on ends the start.
    const opening = openExecutorHealth({
        configuration,
        telemetry,
        link,
        phase,
        running
    });
    const health = await opening.catch(async (error)=>{
        await disconnectNats(nc);
        throw error;
    });
    const intake = new NatsIntake({
        nc,
        executor: id,
        timers: environment.timers,
        onError
    });
    const connectorEngine = ()=>{
        const { desk } = intake;
        return openRemoteSyncEngine({
            configuration,
            connectors,
            environment,
            executor: id,
            desk,
            sink: new NatsSink(nc)
        });
    };
    executor = startExecutor({
        id,
        configuration,
        environment,
        intake: around === undefined ? intake : around(intake),
        engine: parts.syncEngine ?? connectorEngine(),
        onError
    });
    const stop = async (graceMs)=>{
        await executor?.stop(graceMs);
        await disconnectNats(nc);
        troubles.stop();
        await health?.close();
    };
    return {
        id,
        ...health === undefined ? {} : {
            healthUrl: health.url
        },
        get running () {
            return running();
        },
        stop: (graceMs)=>stopping ??= stop(graceMs)
    };
}

//# sourceMappingURL=remote-executor.js.map