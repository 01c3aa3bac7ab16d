import { providerAggregate } from '#lib/application/actors';
import { provider as providerName, providerLimitsBody, toProviderLimits } from '#lib/contracts/api';
import { providerStream } from '#lib/contracts/streams';
import { limitsOf, providerEntry } from '#lib/domain/provider';
import { providerLoads, toldProviders } from '#lib/wiring';
import { pauseOptions, requestOptions } from './options.js';
import { parse } from './parse.js';
/**
 * Providers: how much may be asked of each, and whether anything is. They are the same for all tenants of one log; any of
 * a provider's names will do. Every method that writes resolves when the log has it. @throws {RequestRejected} from each
 */ export class ProviderManager {
    constructor(session){
        this.session = session;
    }
    /** Of one that nobody has heard of too: the defaults hold for it. */ get(provider) {
        return this.#overview(parse(providerName, provider, 'provider'), providerLoads(this.session.engine));
    }
    /** Those of the catalogue, of which anything was set, or for which something runs. By id. */ list() {
        const { engine } = this.session;
        const loads = providerLoads(engine);
        return toldProviders(engine).map((id)=>this.#overview(id, loads));
    }
    /** In place of those in force, all of them. Without a breaker its default holds. */ async changeLimits(provider, limits, options = {}) {
        const { requestKey: key } = parse(requestOptions, options);
        const body = parse(providerLimitsBody, limits);
        const id = parse(providerName, provider, 'provider');
        const command = {
            type: 'ChangeProviderLimits',
            provider: id,
            limits: toProviderLimits(body, id)
        };
        await this.#execute(command, {
            key,
            verb: 'limits',
            body: limits
        });
    }
    /** Starts nothing more for it; what runs goes on. */ async pause(provider, options = {}) {
        const { requestKey: key, ...body } = parse(pauseOptions, options);
        const id = parse(providerName, provider, 'provider');
        await this.#execute({
            type: 'PauseProvider',
            provider: id,
            cause: 'request',
            ...body
        }, {
            key,
            verb: 'pause',
            body
        });
    }
    async resume(provider, options = {}) {
        const { requestKey: key } = parse(requestOptions, options);
        const id = parse(providerName, provider, 'provider');
        await this.#execute({
            type: 'ResumeProvider',
            provider: id,
            automatic: false
        }, {
            key,
            verb: 'resume',
            body: undefined
        });
    }
    #overview(id, loads) {
        const known = this.session.engine.readModel.provider(id);
        const { name, minimumInterval: minimumIntervalMs } = providerEntry(id);
        return {
            id,
            name,
            limits: limitsOf(id, known),
            minimumIntervalMs,
            circuit: known?.circuit ?? {
                status: 'closed'
            },
            ...known?.pause === undefined ? {} : {
                pause: known.pause
            },
            ...loads(id)
        };
    }
    async #execute(command, { key, verb, body }) {
        const { provider } = command;
        const { actors } = this.session.engine;
        const context = this.session.context({
            key,
            target: `providers.${verb} ${provider}`,
            body
        });
        await this.session.seen(actors.execute(providerAggregate, providerStream(provider), command, context));
    }
}

//# sourceMappingURL=provider-manager.js.map