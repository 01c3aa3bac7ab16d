import { shardLeases, singletonLeases } from '#lib/contracts/messages';
import { providerGauges } from './provider-gauges.js';
import { soon } from './readiness.js';
export const tellReady = (telemetry, why)=>telemetry.gauge('syncopate_ready', '1 while /readyz answers that it is ready', ()=>why() === undefined ? 1 : 0);
export const tellLink = (telemetry, link)=>telemetry.gauge('syncopate_nats_connected', '1 while the connection to NATS stands', ()=>link.connected ? 1 : 0);
/** What is asked for at each scrape. */ export function gauges(engine, watch, audit) {
    const { telemetry, actors, messaging } = engine;
    tellReady(telemetry, ()=>engine.whyNotReady);
    if (messaging.nats !== undefined) tellLink(telemetry, messaging.nats.link);
    telemetry.gauge('syncopate_actors', 'Schedules and other aggregates in memory', ()=>actors.size);
    telemetry.gauge('syncopate_wakeups_in_memory', 'Wake-ups of the near future', ()=>watch.wakeUps);
    telemetry.gauge('syncopate_audit_position', 'Log position up to which this process sealed', ()=>audit.sealedUpTo);
    logGauges(engine);
    executionGauges(engine);
    readGauges(engine);
    providerGauges(engine);
}
function logGauges({ telemetry, environment, store, written, readModel, messaging }) {
    let known = 0;
    telemetry.gauge('syncopate_log_head', 'Log position of the newest event, as it was last heard', async ()=>{
        known = Math.max(known, await soon(environment.timers, store.head()) ?? 0);
        return known;
    });
    telemetry.gauge('syncopate_log_writable', '0 while what is decided cannot be stored, as far as it was tried', ()=>written.refusal === undefined ? 1 : 0);
    telemetry.gauge('syncopate_read_model_position', 'Log position that reads reflect', ()=>readModel.position());
    const { leases } = messaging;
    const holding = (names)=>names.filter((name)=>leases.holds(name)).length;
    telemetry.gaugeBy('syncopate_leases_held', 'Shares of the common work that this node has', 'lease', ()=>[
            [
                'shards',
                holding(shardLeases)
            ],
            ...singletonLeases.map((lease)=>[
                    lease,
                    holding([
                        lease
                    ])
                ])
        ]);
}
function executionGauges({ telemetry, admission, heartbeats, configuration }) {
    telemetry.gauge('syncopate_running', 'Attempts offered or running', ()=>admission.busy);
    telemetry.gauge('syncopate_capacity', 'Attempts that may run at once', ()=>admission.capacity);
    telemetry.gauge('syncopate_executors', 'Executors heard of in the last five minutes', ()=>heartbeats.values().length);
    const sum = (of)=>heartbeats.within(configuration.leaseMs).reduce((all, { resources })=>all + resources[of], 0);
    telemetry.gauge('syncopate_executors_alive', 'Executors heard of within a lease', ()=>heartbeats.within(configuration.leaseMs).length);
    telemetry.gauge('syncopate_executors_capacity', 'Attempts that the executors alive may have at once, together', ()=>sum('capacity'));
    telemetry.gauge('syncopate_executors_running', 'Attempts that they have, as they last said', ()=>sum('running'));
}
function readGauges({ telemetry, readModel }) {
    telemetry.gauge('syncopate_parked', 'Events that wait for a saga to take them', ()=>readModel.parkedCount());
    telemetry.gaugeBy('syncopate_webhooks', 'Webhooks that fail, that are disabled, and deliveries that wait to be tried again', 'state', ()=>Object.entries(readModel.webhookHealth()));
}

//# sourceMappingURL=gauges.js.map