/**
 * Why each provider with runs that have not ended is not served now. That nobody does its work comes before its limits, which
 * offers that nobody takes use up: `running` counts those too. A pause is known to whoever asked for it.
 */ export function stops({ admission, heartbeats, configuration }, now) {
    const found = new Map(admission.stopped(now));
    for (const { provider } of admission.lanes()){
        if (found.get(provider) !== 'provider_paused' && !heartbeats.serve(provider, configuration.leaseMs)) found.set(provider, 'no_executor');
    }
    return found;
}

//# sourceMappingURL=stops.js.map