import { ConfigurationError, Engine, openHealth, readConfiguration, readinessOf, runService } from '#lib/wiring';
/** There are no runs here to wait for; messages under way have three seconds to be answered. */ const DRAIN_MS = 0;
/**
 * Delivers to webhooks, and does nothing else: for a network from which nothing but the log, NATS and the public internet
 * can be reached. Any number; one of them delivers, and another takes over when it is gone.
 */ runService('syncopate webhooks', async (log)=>{
    const configuration = readConfiguration(process.env, {
        listens: false
    });
    if (configuration.nats === undefined || configuration.eventStoreUrl === undefined) throw new ConfigurationError('delivering apart from the scheduler needs a log that both can reach: set SYNCOPATE_EVENTSTORE_URL and SYNCOPATE_NATS_URL; ' + 'without them the scheduler delivers by itself');
    const engine = await Engine.open({
        ...configuration,
        webhookDelivery: 'only'
    }, {
        log
    });
    // Before the log is read, which may take long: it is alive meanwhile.
    const { telemetry } = engine;
    const health = await openHealth({
        configuration,
        telemetry,
        readiness: ()=>readinessOf(engine)
    });
    await engine.start();
    const told = health === undefined ? '' : `; its health is told at ${health.url}`;
    return {
        ready: `webhooks ${configuration.node} is ready${told}\n`,
        stopping: ()=>'letting messages under way be answered, then stopping',
        stop: async ()=>{
            await engine.stop(DRAIN_MS);
            await health?.close();
        }
    };
});

//# sourceMappingURL=deliver.js.map