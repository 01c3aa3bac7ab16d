import { WebhookEndpoints } from '#lib/application/webhooks';
/** `execute`: how the door in question sends commands. */ export const webhookEndpoints = (engine, execute)=>new WebhookEndpoints({
        actors: engine.actors,
        execute,
        store: engine.store,
        secrets: engine.webhooks.secrets,
        environment: engine.environment,
        checkUrl: engine.webhooks.check,
        known: engine.readModel,
        mostPerTenant: engine.configuration.webhooksPerTenant
    });

//# sourceMappingURL=webhook-endpoints.js.map