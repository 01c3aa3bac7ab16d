import { conflictAggregate } from '#lib/application/actors';
import { conflictStream } from '#lib/contracts/streams';
import { conflictId } from '#lib/domain/conflict';
import { roomInWords } from '#lib/domain/forecast';
import { iso, MINUTE } from '#lib/domain/kernel';
import { rounds } from '#lib/ports';
import { Forecasts } from './forecasts.js';
const FIRST = MINUTE;
const HOURS = 24;
/** The last of a slot starting later than this is a conflict; it is over when it would be less than half as late. */ const LATE = 30 * MINUTE;
function messageOf({ provider, capacity, calm, crowdedFrom = 0 }, { at, lateMs }) {
    const pace = Math.round(capacity?.startsPerHour ?? 0);
    const because = capacity?.by === 'rate' ? 'its rate allows' : 'its places allow';
    return `from ${iso(crowdedFrom)} on more is due at ${provider} than may start: ${because} ${pace} an hour, and what is due at ${iso(at)} would start up to ${Math.round(lateMs / MINUTE)} minutes late${roomInWords(calm)}`;
}
/**
 * Looks a day ahead, each hour, and raises a conflict where more is due at a provider than its limits let start in time;
 * settles it when that is over. One conflict for each tenant and provider. On several nodes each of them looks: who
 * comes second finds it raised.
 */ export class ForecastWatch {
    #abort;
    #latest;
    #forecasts;
    #running;
    constructor(options){
        this.options = options;
        this.#abort = new AbortController();
        this.#latest = new Map();
        this.#forecasts = new Forecasts(options);
    }
    /** What will be due at a provider from now on, and how late it will start. */ of(provider, hours) {
        return this.#forecasts.of(provider, hours);
    }
    start() {
        if (this.options.everyMs > 0) this.#running = this.#run(this.#abort.signal);
    }
    async stop() {
        this.#abort.abort();
        await this.#running;
    }
    /** How late what is due at an instant would start, as it was foreseen last, and when there is room instead. */ lateAt(provider, at) {
        const forecast = this.#latest.get(provider);
        const slot = forecast?.slots.findLast((slot)=>slot.at <= at);
        return at >= (forecast?.until ?? 0) ? {
            lateMs: 0,
            calm: []
        } : {
            lateMs: slot?.lateMs ?? 0,
            calm: forecast?.calm ?? []
        };
    }
    /** Takes a look now. */ async look() {
        for (const provider of this.options.facts.loadedProviders()){
            const forecast = await this.#forecasts.of(provider, HOURS);
            this.#latest.set(provider, forecast);
            await this.#judge(forecast);
        }
    }
    async #run(signal) {
        const { environment, everyMs, onError } = this.options;
        const times = {
            firstMs: FIRST,
            everyMs
        };
        for await (const _ of rounds(environment, times, signal))await this.look().catch((error)=>onError('forecast', error));
    }
    async #judge(forecast) {
        const { provider, peak } = forecast;
        const lateMs = peak?.lateMs ?? 0;
        if (peak !== undefined && lateMs > LATE) {
            const message = messageOf(forecast, peak);
            for (const tenant of (await this.#forecasts.tenantsDue(provider, peak)))await this.#raise(tenant, provider, message);
        } else if (lateMs < LATE / 2) {
            for (const tenant of this.options.facts.loadedTenants(provider))await this.#settle(tenant, provider);
        }
    }
    async #raise(tenant, provider, message) {
        const id = conflictId('resource_limit', provider, tenant);
        if (this.#isOpen(tenant, id)) return;
        const facts = {
            id,
            kind: 'resource_limit',
            schedules: [],
            provider,
            message
        };
        await this.#command(tenant, {
            type: 'DetectConflict',
            ...facts
        });
    }
    async #settle(tenant, provider) {
        const id = conflictId('resource_limit', provider, tenant);
        if (this.#isOpen(tenant, id)) await this.#command(tenant, {
            type: 'ResolveConflict',
            id,
            resolution: 'limits_suffice'
        });
    }
    #isOpen(tenant, id) {
        const status = this.options.facts.conflict(tenant, id)?.status;
        return status === 'open' || status === 'acknowledged';
    }
    async #command(tenant, command) {
        const { actors, environment } = this.options;
        const context = {
            tenant,
            actor: 'forecast',
            correlation: environment.ids.next()
        };
        await actors.execute(conflictAggregate, conflictStream(command.id), command, context);
    }
}

//# sourceMappingURL=forecast-watch.js.map