import { ConnectorError, isConnectorError } from './connector-error.js';
import { issuesOf } from './schema.js';
/** Closes a typed definition into a connector: parses its config once, and turns what `check` throws into an answer. */ export function defineConnector(definition) {
    const { manifest } = definition;
    const typed = (context)=>({
            ...context,
            config: configOf(manifest.config, context.config, manifest.id)
        });
    return {
        manifest,
        async check (context) {
            try {
                return await definition.check(typed(context));
            } catch (error) {
                if (isConnectorError(error)) return {
                    ok: false,
                    class: error.class,
                    message: error.message
                };
                return {
                    ok: false,
                    class: 'INTERNAL',
                    message: `${manifest.id} failed while checking the connection`
                };
            }
        },
        ...definition.grant === undefined ? {} : {
            grant: (context)=>definition.grant?.(typed(context))
        },
        read (context) {
            try {
                return definition.read(typed(context));
            } catch (error) {
                return failing(error);
            }
        }
    };
}
function configOf(schema, config, id) {
    const parsed = schema.safeParse(config);
    if (parsed.success) return parsed.data;
    throw new ConnectorError('CONFIG', `the settings of this ${id} connection are wrong: ${issuesOf(parsed.error)}`, {
        code: 'config_invalid'
    });
}
/** A read that fails when it is begun, not when it is asked for. */ // oxlint-disable-next-line require-yield
async function* failing(error) {
    throw error;
}

//# sourceMappingURL=connector.js.map