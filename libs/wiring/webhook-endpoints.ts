import { WebhookEndpoints, type EndpointsOptions } from '#lib/application/webhooks';
import type { Engine } from './engine.js';

/** `execute`: how the door in question sends commands. */
export const webhookEndpoints = (engine: Engine, execute: EndpointsOptions['execute']): WebhookEndpoints =>
  new WebhookEndpoints({
    actors: engine.actors,
    execute,
    store: engine.store,
    secrets: engine.webhooks.secrets,
    environment: engine.environment,
    checkUrl: engine.webhooks.check,
    known: engine.readModel,
    mostPerTenant: engine.configuration.webhooksPerTenant,
  });
