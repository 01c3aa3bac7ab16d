import { connectionAggregate } from '#lib/application/actors';
import { connectionStream } from '#lib/contracts/streams';
import { providerEntry } from '#lib/domain/provider';
import { validateDefinition } from '#lib/domain/validation';
import { Holds } from './holds.js';
import { Newcomers } from './newcomers.js';
import { breathing } from './breathing.js';
/** Gathers what a definition must be checked against, and has the pure validator judge it. */ export class ScheduleValidation {
    #newcomers;
    #holds;
    constructor(options){
        this.options = options;
        this.#newcomers = new Newcomers();
        this.#holds = new Holds();
    }
    /** To be shown every event: what the read model does not count yet is counted here. */ saw(event) {
        this.#newcomers.saw(event, this.options.facts.position());
        // Counted there from now on.
        if (event.type === 'ScheduleCreated') this.#holds.created(event.data.id);
        this.#holds.passed(event.position);
    }
    /**
   * Judges new schedules and has them created: `create` is given the findings of each, creates what it will of those
   * without errors, and answers how far the log went with it. From their judgement on these count against the quotas of
   * others, of the same request too. Others get their turns in between: a look at a cron's next occurrences may take
   * milliseconds.
   */ async creating(items, tenant, create) {
        const breath = breathing(this.options.environment);
        const all = [];
        let through = 0;
        try {
            for (const { id, definition } of items){
                await breath();
                const findings = await this.#findings(definition, tenant, undefined, id);
                all.push(findings);
            }
            const { created, position } = await create(all);
            through = position;
            return created;
        } finally{
            this.#holds.end(items.map(({ id })=>id), through);
        }
    }
    /** All findings: errors, which refuse the definition, and warnings. `change`: of a schedule that there is. */ async findings(definition, tenant, change) {
        const found = await this.#findings(definition, tenant, change);
        // What stays as it is, is no reason to refuse what changes.
        const stays = ({ severity, field })=>change?.recurs === false && severity === 'error' && field.startsWith('recurrence');
        return found.filter((finding)=>!stays(finding));
    }
    /** Schedules that there are, or that are on their way to the log: each where it is known first. */ #counts(tenant, { user, provider, except }) {
        const { facts, quotas } = this.options;
        return facts.atOnce((position)=>{
            this.#holds.passed(position);
            const count = (most, ...whose)=>{
                const there = facts.countSchedules(tenant, ...whose) + this.#newcomers.after(position, tenant, ...whose);
                const coming = [
                    ...this.#holds.of(tenant, ...whose)
                ].filter((id)=>id !== except);
                if (there + coming.length < most) return there + coming.length;
                // One that is stored may be counted before whoever asked for it has its answer.
                return there + coming.filter((id)=>facts.schedule(tenant, id) === undefined).length;
            };
            return {
                user: count(quotas.schedulesPerUser, user),
                userProvider: count(quotas.schedulesPerUserAndProvider, user, provider)
            };
        });
    }
    async #findings(definition, tenant, change, hold) {
        const schedule = change?.schedule;
        const { actors, facts, quotas, freshness, lateAt, environment, allowShortIntervals } = this.options;
        const { user, provider, connection } = definition;
        const { state } = await actors.read(connectionAggregate, connectionStream(tenant, connection));
        const others = state.claims.filter((claim)=>claim.schedule !== schedule);
        const counts = schedule === undefined ? this.#counts(tenant, {
            user,
            provider,
            except: hold
        }) : {
            user: 0,
            userProvider: 0
        };
        const observedDurationMs = schedule === undefined ? undefined : facts.observedDuration(schedule);
        const longest = freshness(provider);
        const found = validateDefinition(definition, {
            now: environment.clock.now(),
            lateAt: (due)=>lateAt(provider, due),
            sameConnection: others.map((claim)=>({
                    id: claim.schedule,
                    operation: claim.operation,
                    status: 'active'
                })),
            counts,
            quotas: {
                ...quotas,
                minimumIntervalMs: allowShortIntervals ? 1_000 : providerEntry(provider).minimumInterval
            },
            ...observedDurationMs === undefined ? {} : {
                observedDurationMs
            },
            ...longest === undefined ? {} : {
                freshnessMs: longest
            },
            ...state.profile === undefined && schedule === undefined && this.options.connectorsServe ? {
                unregistered: true
            } : {},
            // Of one that there is neither can be changed.
            ...state.profile === undefined || schedule !== undefined ? {} : {
                connectionOf: state.profile
            },
            ...state.suspension === undefined || schedule !== undefined ? {} : {
                connectionSuspended: {
                    cause: state.suspension.cause,
                    message: state.suspension.message
                }
            }
        });
        // In the turn in which it was counted: whoever is judged next meets it.
        if (hold !== undefined && !found.some(({ severity })=>severity === 'error')) this.#holds.add(hold, tenant, definition);
        return found;
    }
}

//# sourceMappingURL=schedule-validation.js.map