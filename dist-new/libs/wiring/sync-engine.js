import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { connectionAggregate } from '#lib/application/actors';
import { createConnectorEngine, isConnectorError } from '#lib/connectors';
import { connectionStream } from '#lib/contracts/streams';
import { opening } from './file-trouble.js';
import { remoteAccess } from './remote-access.js';
export const importsOf = ({ dataFolder })=>join(dataFolder, 'imports');
const commonOptions = (configuration, connectors)=>({
        connectors,
        http: {
            allowLoopback: configuration.allowLoopbackProviders,
            baseUrls: {
                'spotify.webapi': {
                    accounts: configuration.spotify.accountsUrl,
                    api: configuration.spotify.apiUrl
                },
                'openai.org_costs': {
                    api: configuration.openaiUrl
                },
                ...configuration.plaidUrl === undefined ? {} : {
                    'bank.plaid': {
                        production: configuration.plaidUrl,
                        sandbox: configuration.plaidUrl
                    }
                }
            }
        },
        files: {
            root: importsOf(configuration)
        }
    });
export function openSyncEngine(options) {
    const { configuration, connectors, actors, vault, records, environment } = options;
    const connectorOf = find(connectors);
    const ending = new Set(connectors.filter(({ manifest })=>manifest.auth.maxConsentAgeDays !== undefined).map(({ manifest })=>manifest.provider));
    const { spotify } = configuration;
    if (!options.inMemory) {
        const imports = importsOf(configuration);
        opening(imports, ()=>mkdirSync(imports, {
                recursive: true,
                mode: 0o700
            }));
    }
    /** Of the operator's own registration with the provider; empty: there is none. */ const clientOf = (connector)=>connector === 'spotify.webapi' ? spotify.clientId : '';
    const withDefaults = (connector, config)=>{
        const ours = clientOf(connector);
        return {
            ...ours === '' ? {} : {
                clientId: ours
            },
            ...config
        };
    };
    const engine = createConnectorEngine({
        ...commonOptions(configuration, connectors),
        vault,
        sink: records,
        environment,
        connectionConfig: async (tenant, connection)=>{
            const { state } = await actors.read(connectionAggregate, connectionStream(tenant, connection));
            const { profile } = state;
            if (profile === undefined) return undefined;
            const connector = profile.connector ?? connectorOf(profile)?.manifest.id;
            if (connector === undefined) return undefined;
            const ours = clientOf(connector);
            const config = withDefaults(connector, profile.config);
            const ownApp = ours !== '' && config['clientId'] !== ours;
            return {
                connector,
                user: profile.user,
                config,
                ownApp
            };
        }
    });
    return {
        engine,
        list: connectors,
        check: engine.checkConnection,
        consentEnds: (provider)=>ending.has(provider),
        async consentEndingSoon (tenant, connection) {
            const consent = await engine.consent(tenant, connection);
            return consent?.state === 'expiring' ? consent.endsAt : undefined;
        },
        manifestOf: (profile)=>connectorOf(profile)?.manifest,
        withDefaults,
        credentials: credentialsOf(engine),
        freshness: (provider)=>connectorOf({
                provider
            })?.manifest.schedule.losesDataAfterMs,
        close: ()=>engine.close()
    };
}
/** The one that is named, or the provider's first. */ const find = (connectors)=>(profile)=>connectors.find(({ manifest: { id, provider } })=>profile.connector === undefined ? provider === profile.provider : id === profile.connector);
/** The connectors in an executor's own process: what they may know of a connection, they ask for attempt by attempt. */ export function openRemoteSyncEngine(options) {
    const { configuration, connectors, environment, executor, desk, sink } = options;
    const access = remoteAccess(executor, desk, environment.timers);
    return createConnectorEngine({
        ...commonOptions(configuration, connectors),
        environment,
        sink,
        access,
        vault: nobodysVault,
        connectionConfig: ()=>Promise.resolve(undefined)
    });
}
/** Nothing is asked of it: every attempt brings its own. */ const nobodysVault = {
    read: ()=>Promise.resolve(undefined),
    write: ()=>Promise.resolve(undefined),
    remove: ()=>Promise.resolve()
};
const credentialsOf = (engine)=>({
        async view ({ tenant, connection }) {
            try {
                const view = await engine.forExecutor({
                    tenant,
                    connection
                });
                if (view === undefined) return undefined;
                const { settings, secrets, version } = view;
                const { connector, config, user = '', ownApp } = settings;
                const own = ownApp === true ? {
                    ownApp
                } : {};
                return {
                    granted: true,
                    connector,
                    config,
                    user,
                    ...own,
                    secrets,
                    version
                };
            } catch (error) {
                if (!isConnectorError(error)) throw error;
                return {
                    granted: false,
                    class: error.class,
                    reason: error.message,
                    code: error.code
                };
            }
        },
        async token ({ tenant, connection }, refused) {
            try {
                return {
                    granted: true,
                    token: await engine.accessToken({
                        tenant,
                        connection
                    }, refused)
                };
            } catch (error) {
                if (!isConnectorError(error)) throw error;
                return {
                    granted: false,
                    class: error.class,
                    message: error.message,
                    code: error.code
                };
            }
        }
    });

//# sourceMappingURL=sync-engine.js.map