import { ConnectorError, consentOf, excerpt, isConnectorError } from '../kit/index.js';
import { Connections } from './connections.js';
import { openable } from './openable.js';
import { failureOf, outcomeOf } from './outcome.js';
import { readThrough } from './read-through.js';
/**
 * Runs our own connectors as the scheduler's sync engine. Only a CURSOR_INVALID is dealt with here: the read begins
 * again in full within the same attempt, once; seen twice it is a failure of that class. Everything else is told to
 * the scheduler, which alone decides about retries.
 */ export function createConnectorEngine(options) {
    const { environment, vault } = options;
    const opened = openable(vault);
    const connections = new Connections({
        ...options,
        vault: opened
    });
    return {
        sync: (task, context)=>sync(options, connections, task, context),
        async checkConnection (tenant, connection, signal = new AbortController().signal) {
            const owner = {
                tenant,
                connection
            };
            try {
                const { connector, context } = await connections.prepare(owner, {
                    ...glance,
                    signal
                });
                const result = await connector.check(context);
                if (result.ok) return result;
                return {
                    ...result,
                    message: excerpt(result.message, await secretsOf(vault, owner), 600)
                };
            } catch (error) {
                const failure = failureOf(error, await secretsOf(vault, owner));
                return {
                    ok: false,
                    class: failure.class,
                    message: failure.message
                };
            }
        },
        async consent (tenant, connection) {
            const connector = await connections.connectorOf({
                tenant,
                connection
            });
            if (connector === undefined) return undefined;
            const stored = await vault.read({
                tenant,
                connection
            });
            if (stored === undefined) return undefined;
            return consentOf(connector.manifest, stored.secrets, environment.clock.now());
        },
        async accessToken (owner, refused) {
            const { signal } = new AbortController();
            const { connector, context } = await connections.prepare(owner, {
                ...glance,
                signal
            });
            const grant = connector.grant?.(context);
            if (grant === undefined) throw new ConnectorError('CONFIG', `${connector.manifest.id} has no access tokens`);
            return refused === undefined ? context.tokens.current(owner, grant, signal) : context.tokens.renew(owner, refused, grant, signal);
        },
        async forExecutor (owner) {
            const settings = await options.connectionConfig(owner.tenant, owner.connection);
            const connector = await connections.connectorOf(owner);
            if (settings === undefined || connector === undefined) return undefined;
            const stored = await opened.read(owner);
            const { secrets: usual, secretsOf } = connector.manifest;
            const names = connector.grant === undefined ? secretsOf?.(settings.config) ?? usual : [];
            const secrets = Object.fromEntries(Object.entries(stored?.secrets ?? {}).filter(([name])=>names.includes(name)));
            return {
                settings,
                secrets,
                version: stored?.version ?? 0
            };
        },
        close: ()=>connections.pool.close()
    };
}
async function sync(options, connections, task, context) {
    const owner = {
        tenant: task.tenant,
        connection: task.connection
    };
    const access = options.access?.(task);
    let prepared;
    try {
        prepared = await connections.prepare(owner, {
            ...task,
            signal: context.signal,
            access
        });
        return concerning(await readWithFallback(prepared, task, context, options), prepared);
    } catch (error) {
        const secrets = await secretsOf(access?.vault ?? options.vault, owner);
        return concerning(outcomeOf(error, context.signal, secrets), prepared);
    }
}
/**
 * Limits that the provider counts for our app are everybody's, and so is its refusal of that app: others end with the
 * connection, or its account. A connection with an app of its own shares neither.
 */ function concerning(outcome, prepared) {
    const { ownApp = false } = prepared ?? {};
    const scope = prepared?.connector.manifest.limits.bucketScope ?? 'app';
    const shared = (scope === 'app' || scope === 'developer_account') && !ownApp;
    if (outcome.kind === 'snoozed' && !shared) return {
        ...outcome,
        bucket: 'own'
    };
    if (outcome.kind === 'failed' && outcome.failure.class === 'APP_BLOCKED' && ownApp) return {
        ...outcome,
        failure: {
            ...outcome.failure,
            bucket: 'own'
        }
    };
    return outcome;
}
const glance = {
    operation: 'incremental_sync',
    state: undefined
};
async function readWithFallback({ connector, context }, task, sync, options) {
    const { sink, batchSize = 500, environment } = options;
    const tools = {
        sink,
        batchSize,
        clock: environment.clock,
        task,
        sync
    };
    try {
        return await readThrough({
            connector,
            context
        }, tools);
    } catch (error) {
        // Without a state there is no cursor to blame, and a second full read would say the same.
        if (!isConnectorError(error, 'CURSOR_INVALID') || context.state === undefined) throw error;
    }
    const full = {
        ...context,
        operation: 'full_sync',
        state: undefined
    };
    return await readThrough({
        connector,
        context: full
    }, tools);
}
/** For redaction only, so a vault that fails here must not hide the first failure. */ async function secretsOf(vault, owner) {
    try {
        return Object.values((await vault.read(owner))?.secrets ?? {});
    } catch  {
        return [];
    }
}

//# sourceMappingURL=engine.js.map