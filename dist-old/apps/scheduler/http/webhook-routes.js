import { createWebhookBody, deliveriesQuery, emptyBody, enableWebhookBody, noteBody, readQuery, replayBody, rotateSecretBody, updateWebhookBody, webhooksQuery } from '#lib/contracts/api';
import { created, tagged, versioned } from './route.js';
/** Endpoints that are told of events. */ export const webhookRoutes = [
    {
        method: 'post',
        path: '/v1/webhooks',
        id: 'registerWebhook',
        summary: 'Register a webhook; answers its secret, this once',
        body: createWebhookBody,
        status: 201,
        answer: 'WebhookRegistered',
        answered: created
    },
    {
        method: 'get',
        path: '/v1/webhooks',
        id: 'listWebhooks',
        summary: 'List webhooks',
        query: webhooksQuery,
        answer: 'WebhookList'
    },
    {
        method: 'get',
        path: '/v1/webhooks/{id}',
        id: 'getWebhook',
        summary: 'Show a webhook and how it fares',
        query: readQuery,
        answer: 'Webhook',
        answered: tagged
    },
    {
        method: 'patch',
        path: '/v1/webhooks/{id}',
        id: 'updateWebhook',
        summary: 'Change a webhook (If-Match: its ETag)',
        body: updateWebhookBody,
        headers: versioned,
        answer: 'WebhookChange',
        answered: tagged
    },
    {
        method: 'delete',
        path: '/v1/webhooks/{id}',
        id: 'deleteWebhook',
        summary: 'Delete a webhook',
        body: noteBody,
        headers: versioned,
        answer: 'WebhookChange'
    },
    {
        method: 'post',
        path: '/v1/webhooks/{id}/disable',
        id: 'disableWebhook',
        summary: 'Send nothing more, until it is enabled',
        body: noteBody,
        answer: 'WebhookChange'
    },
    {
        method: 'post',
        path: '/v1/webhooks/{id}/enable',
        id: 'enableWebhook',
        summary: 'Send again, from where it stopped or from now on',
        body: enableWebhookBody,
        answer: 'WebhookChange'
    },
    {
        method: 'post',
        path: '/v1/webhooks/{id}/rotate-secret',
        id: 'rotateWebhookSecret',
        summary: 'A new secret; the one before holds for a while',
        body: rotateSecretBody,
        answer: 'SecretRotated'
    },
    {
        method: 'post',
        path: '/v1/webhooks/{id}/test',
        id: 'testWebhook',
        summary: 'Send a message that says nothing, and answer what came of it',
        body: emptyBody,
        answer: 'WebhookTest'
    },
    {
        method: 'post',
        path: '/v1/webhooks/{id}/replay',
        id: 'replayWebhook',
        summary: 'Tell a range of the log again',
        body: replayBody,
        status: 202,
        answer: 'ReplayRequested'
    },
    {
        method: 'get',
        path: '/v1/webhooks/{id}/deliveries',
        id: 'listDeliveries',
        summary: 'What became of each event, the newest first',
        query: deliveriesQuery,
        answer: 'DeliveryList'
    },
    {
        method: 'post',
        path: '/v1/webhooks/{id}/deliveries/{position}/redeliver',
        id: 'redeliverEvent',
        summary: 'Deliver one event again',
        body: emptyBody,
        status: 202,
        answer: 'WebhookChange'
    }
];

//# sourceMappingURL=webhook-routes.js.map