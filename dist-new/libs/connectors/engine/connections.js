import { ConnectorError, HttpPool, ImportFiles, OAuthTokens } from '../kit/index.js';
/** Finds the connector of a connection and hands it everything it may use. One per process: it owns pool and tokens. */ export class Connections {
    #tokens;
    #files;
    #byId;
    constructor(options){
        this.options = options;
        const { connectors, environment, vault, http, files } = options;
        this.#byId = new Map(connectors.map((connector)=>[
                connector.manifest.id,
                connector
            ]));
        if (this.#byId.size !== connectors.length) throw new Error('two connectors share one id');
        this.pool = new HttpPool(http ?? {}, environment.clock);
        this.#tokens = new OAuthTokens({
            vault,
            environment
        });
        this.#files = new ImportFiles(files);
    }
    /** @throws {ConnectorError} CONFIG: no such connection or connector, another provider's, or a base URL not allowed. */ async prepare(owner, work) {
        const { access } = work;
        const { connector, settings } = await this.#find(owner, work);
        const http = this.pool.client(connector.manifest);
        if (access === undefined) await this.#tokens.revalidate(owner);
        const { operation, state, signal, user = settings.user ?? '' } = work;
        const { environment } = this.options;
        const { vault, tokens } = access ?? {
            vault: this.options.vault,
            tokens: this.#tokens
        };
        const given = {
            owner,
            user,
            config: settings.config,
            operation,
            state,
            signal,
            environment
        };
        const context = {
            ...given,
            http,
            tokens,
            vault,
            files: this.#files.of(owner.tenant)
        };
        return {
            connector,
            context,
            ownApp: settings.ownApp === true
        };
    }
    /** Undefined where there is no such connection, or no connector for it. */ async connectorOf(owner) {
        const settings = await this.options.connectionConfig(owner.tenant, owner.connection);
        return this.#byId.get(settings?.connector ?? '');
    }
    async #find(owner, { provider, user, access }) {
        const settings = await (access === undefined ? this.options.connectionConfig(owner.tenant, owner.connection) : access.settings());
        if (settings === undefined) {
            throw wrong('unknown_connection', `there is no connection "${owner.connection}"`);
        }
        const connector = this.#byId.get(settings.connector);
        if (connector === undefined) {
            throw wrong('unknown_connector', `this deployment has no connector "${settings.connector}"`);
        }
        if (user !== undefined && settings.user !== undefined && user !== settings.user) throw wrong('user_mismatch', `connection "${owner.connection}" is not of user ${user}`);
        if (provider === undefined || provider === connector.manifest.provider) return {
            connector,
            settings
        };
        throw wrong('provider_mismatch', `${connector.manifest.id} cannot serve a schedule of ${provider}`);
    }
}
const wrong = (code, message)=>new ConnectorError('CONFIG', message, {
        code
    });

//# sourceMappingURL=connections.js.map