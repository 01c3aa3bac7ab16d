/** Names are the users' to choose where a connector is the product's own: so many are told of though nothing of them waits. */ const REMEMBERED = 200;
/** What is told of each provider, by those that work was ever met of since the start: a series that ends would look like silence. */ export function providerGauges(engine) {
    const { telemetry, admission, environment } = engine;
    const { clock } = environment;
    const met = new Set();
    const byProvider = (name, help, read)=>telemetry.gaugeBy(name, help, 'provider', ()=>{
            const of = read();
            for (const { provider } of admission.lanes())if (met.size < REMEMBERED) met.add(provider);
            const busy = [
                ...admission.lanes()
            ].filter(({ provider })=>!met.has(provider));
            return [
                ...[
                    ...met
                ].map((provider)=>admission.lane(provider)),
                ...busy
            ].map((lane)=>[
                    lane.provider,
                    of(lane)
                ]);
        });
    byProvider('syncopate_waiting', 'Runs that wait, by provider', ()=>({ waiting })=>waiting);
    byProvider('syncopate_oldest_waiting_seconds', 'How long the run has waited that waits longest', ()=>{
        const since = oldest(admission);
        const now = clock.now();
        return ({ provider })=>Math.max(0, now - (since.get(provider) ?? now)) / 1_000;
    });
    byProvider('syncopate_circuit_open', '1 from when attempts failed in a row until one succeeds', ()=>({ circuit })=>circuit.status === 'open' ? 1 : 0);
    byProvider('syncopate_provider_paused', '1 while an operator has paused it', ()=>{
        const now = clock.now();
        return (lane)=>lane.blocked(now)?.why === 'provider_paused' ? 1 : 0;
    });
}
/** Since when the run has waited that waits longest, by provider. */ function oldest(admission) {
    const since = new Map();
    for (const { phase, provider, queuedAt } of admission.runs()){
        if (phase !== 'waiting') continue;
        const known = since.get(provider);
        if (known === undefined || queuedAt < known) since.set(provider, queuedAt);
    }
    return since;
}

//# sourceMappingURL=provider-gauges.js.map