import { knownProviders } from '#lib/domain/provider';
import { stops } from './stops.js';
/** Those of the catalogue, of which anything was set, or for which something runs. By id. */ export function toldProviders({ readModel, admission }) {
    const set = readModel.providers().map(({ provider })=>provider);
    const busy = [
        ...admission.lanes()
    ].map(({ provider })=>provider);
    return [
        ...new Set([
            ...knownProviders,
            ...set,
            ...busy
        ])
    ].toSorted();
}
/** What there is to do for each provider now. */ export function providerLoads(engine) {
    const lanes = new Map([
        ...engine.admission.lanes()
    ].map((lane)=>[
            lane.provider,
            lane
        ]));
    const stopping = stops(engine, engine.environment.clock.now());
    return (provider)=>{
        const { waiting = 0, running = 0 } = lanes.get(provider) ?? {};
        const stopped = stopping.get(provider);
        return {
            waiting,
            running,
            ...stopped === undefined ? {} : {
                stopped
            }
        };
    };
}

//# sourceMappingURL=provider-loads.js.map