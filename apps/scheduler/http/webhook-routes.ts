import {
  createWebhookBody,
  deliveriesQuery,
  emptyBody,
  enableWebhookBody,
  noteBody,
  readQuery,
  replayBody,
  rotateSecretBody,
  updateWebhookBody,
  webhooksQuery,
} from '#lib/contracts/api';
import type { Route } from './route.js';

const versioned = ['If-Match'] as const;

export const webhookRoutes: readonly Route[] = [
  {
    method: 'post',
    path: '/v1/webhooks',
    summary: 'Register a webhook; answers its secret, this once',
    body: createWebhookBody,
    status: 201,
  },
  { method: 'get', path: '/v1/webhooks', summary: 'List webhooks', query: webhooksQuery },
  { method: 'get', path: '/v1/webhooks/{id}', summary: 'Show a webhook and how it fares', query: readQuery },
  {
    method: 'patch',
    path: '/v1/webhooks/{id}',
    summary: 'Change a webhook (If-Match: its ETag)',
    body: updateWebhookBody,
    headers: versioned,
  },
  {
    method: 'delete',
    path: '/v1/webhooks/{id}',
    summary: 'Delete a webhook',
    body: noteBody,
    headers: versioned,
  },
  {
    method: 'post',
    path: '/v1/webhooks/{id}/disable',
    summary: 'Send nothing more, until it is enabled',
    body: noteBody,
  },
  {
    method: 'post',
    path: '/v1/webhooks/{id}/enable',
    summary: 'Send again, from where it stopped or from now on',
    body: enableWebhookBody,
  },
  {
    method: 'post',
    path: '/v1/webhooks/{id}/rotate-secret',
    summary: 'A new secret; the one before holds for a while',
    body: rotateSecretBody,
  },
  {
    method: 'post',
    path: '/v1/webhooks/{id}/test',
    summary: 'Send a message that says nothing, and answer what came of it',
    body: emptyBody,
  },
  {
    method: 'post',
    path: '/v1/webhooks/{id}/replay',
    summary: 'Tell a range of the log again',
    body: replayBody,
    status: 202,
  },
  {
    method: 'get',
    path: '/v1/webhooks/{id}/deliveries',
    summary: 'What became of each event, the newest first',
    query: deliveriesQuery,
  },
  {
    method: 'post',
    path: '/v1/webhooks/{id}/deliveries/{position}/redeliver',
    summary: 'Deliver one event again',
    body: emptyBody,
    status: 202,
  },
];
