import { breathing } from '#lib/application/validation';
import { capacityOf, Demand } from '#lib/domain/forecast';
import { DAY, HOUR } from '#lib/domain/kernel';
import { limitsOf } from '#lib/domain/provider';
/** The largest patterns are foreseen one by one; schedules of the others are taken to be due evenly. */ const MOST_PATTERNS = 2_000;
/** Tenants whose runs tell how long runs take: those with the most schedules. */ const MOST_TENANTS = 20;
const LOOKED_BACK = 7 * DAY;
const sum = (values)=>values.reduce((total, value)=>total + value, 0);
/**
 * What will be due at a provider, and how late its limits will let it start. It takes schedules as they are and runs to
 * take as long as they did: no retries, no runs by hand, no days off, and limits of users and connections do not count.
 */ export class Forecasts {
    constructor(options){
        this.options = options;
    }
    /** From now on; others get their turns meanwhile. */ async of(provider, hours) {
        const { facts, environment } = this.options;
        const breath = breathing(environment);
        const { patterns, others } = facts.load(provider, MOST_PATTERNS);
        const demand = new Demand(environment.clock.now(), hours);
        for (const [first, ...same] of Map.groupBy(patterns, ({ pattern })=>JSON.stringify(pattern)).values()){
            await breath();
            if (first !== undefined) demand.add(first.pattern, sum([
                first,
                ...same
            ].map(({ schedules })=>schedules)));
        }
        const told = sum(patterns.map(({ schedules })=>schedules));
        if (others > 0) demand.evenly(demand.total / told * others);
        const meanRunMs = await this.#meanRunMs(provider, patterns);
        const capacity = this.#capacity(provider, meanRunMs);
        return {
            provider,
            ...capacity === undefined ? {} : {
                capacity
            },
            ...meanRunMs === undefined ? {} : {
                meanRunMs
            },
            ...demand.against(capacity)
        };
    }
    /** Tenants of which anything is due in a slot. */ async tenantsDue(provider, { at }) {
        const { facts, environment } = this.options;
        const breath = breathing(environment);
        const due = [];
        const { patterns } = facts.load(provider, MOST_PATTERNS);
        for (const [tenant, loads] of Map.groupBy(patterns, (load)=>load.tenant)){
            const demand = new Demand(at, 1);
            for (const { pattern, schedules } of loads){
                await breath();
                demand.add(pattern, schedules);
            }
            if (demand.dueIn(at) > 0) due.push(tenant);
        }
        return due;
    }
    #capacity(provider, meanRunMs) {
        const { facts, concurrency } = this.options;
        const limits = limitsOf(provider, facts.provider(provider));
        const places = Math.min(limits.concurrency, concurrency);
        return capacityOf({
            ...limits,
            concurrency: places
        }, meanRunMs);
    }
    async #meanRunMs(provider, patterns) {
        const { facts, environment } = this.options;
        const breath = breathing(environment);
        const to = environment.clock.now();
        let [runs, took] = [
            0,
            0
        ];
        for (const tenant of [
            ...new Set(patterns.map(({ tenant })=>tenant))
        ].slice(0, MOST_TENANTS)){
            await breath();
            const range = {
                from: to - LOOKED_BACK,
                to: to + HOUR,
                bucket: 'hour',
                scope: 'provider'
            };
            for (const { succeeded, duration } of facts.statistics(tenant, {
                ...range,
                subject: provider
            })){
                runs += succeeded;
                took += succeeded * (duration.mean ?? 0);
            }
        }
        return runs === 0 ? undefined : took / runs;
    }
}

//# sourceMappingURL=forecasts.js.map