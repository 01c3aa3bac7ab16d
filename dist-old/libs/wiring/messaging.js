import { shardLeases, singletonLeases, WEBHOOKS_LEASE } from '#lib/contracts/messages';
import { InProcessMessaging } from '#lib/messaging/in-process';
import { soleHolder } from '#lib/ports';
import { ConfigurationError } from './config.js';
export async function openMessaging(options) {
    const { configuration, environment, ownLog, able, log, onError } = options;
    if (configuration.nats === undefined) return inProcess();
    // Loaded where it is used: the embedded default does without NATS.
    const { connectNats, disconnectNats, EventRelay, JetStreamLayout, KvLeases, ...ends } = await import('#lib/messaging/nats');
    const { NatsDistribution, NatsIntake, NatsLink, NatsMap, RecordIntake: Records } = ends;
    const { node, leaseMs, takeoverMs, allowPlainText } = configuration;
    if (leaseMs <= takeoverMs) {
        throw new ConfigurationError(`SYNCOPATE_LEASE_SECONDS=${leaseMs / 1_000} must be longer than SYNCOPATE_TAKEOVER_SECONDS=${takeoverMs / 1_000}: a scheduler that hears nobody gives up its share after the second, and would take living executors for dead after the first`);
    }
    const nc = await connectNats({
        ...configuration.nats,
        allowPlainText,
        role: 'scheduler',
        name: node
    });
    const link = new NatsLink({
        nc,
        way: configuration.nats,
        clock: environment.clock,
        tell: log
    });
    const lives = {
        node,
        ttlMs: takeoverMs,
        part: partOf(configuration)
    };
    const tells = {
        onError,
        onNotice: (message)=>log('warn', message)
    };
    const leases = new KvLeases({
        nc,
        environment,
        able,
        ownLog,
        ...lives,
        ...tells
    });
    let layout;
    try {
        layout = await JetStreamLayout.open(nc, configuration.nats.replicas);
        // Before anything is done under the name: two that read records under one take each other's place for ever.
        await leases.assertOwnName();
    } catch (error) {
        await disconnectNats(nc);
        throw error;
    }
    const work = new NatsDistribution({
        nc,
        layout,
        leases,
        ...environment,
        leaseMs,
        onError
    });
    return {
        work,
        leases,
        intake: (executor)=>new NatsIntake({
                nc,
                executor,
                timers: environment.timers,
                onError
            }),
        publisher: new EventRelay(nc, layout),
        records: (sink)=>new Records({
                nc,
                layout,
                node,
                sink,
                onError
            }),
        ...configuration.eventStoreUrl === undefined ? {} : {
            vault: new NatsMap(nc, 'syncopate-vault', configuration.nats.replicas)
        },
        nats: {
            nc,
            layout,
            link
        },
        join: ()=>leases.start(),
        leave: ()=>leases.stop(),
        close: async ()=>{
            work.close();
            await disconnectNats(nc);
        }
    };
}
/** Of what several nodes share. */ function partOf({ webhookDelivery }) {
    const others = singletonLeases.filter((lease)=>lease !== WEBHOOKS_LEASE);
    if (webhookDelivery === 'only') return {
        shards: [],
        singletons: [
            WEBHOOKS_LEASE
        ]
    };
    return {
        shards: shardLeases,
        singletons: webhookDelivery === 'elsewhere' ? others : singletonLeases
    };
}
function inProcess() {
    const messaging = new InProcessMessaging();
    return {
        work: messaging,
        leases: soleHolder,
        intake: ()=>messaging,
        join: async ()=>{},
        leave: async ()=>{},
        close: async ()=>{}
    };
}

//# sourceMappingURL=messaging.js.map