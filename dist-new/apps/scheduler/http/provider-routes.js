import { conflictsQuery, connectionBody, connectionsQuery, emptyBody, forecastQuery, logQuery, noteBody, pauseBody, providerLimitsBody, readQuery, removeBody, suspendBody } from '#lib/contracts/api';
import { fileTypes } from './uploads.controller.js';
/** Providers, connections to them, and conflicts of what is to be done over these. */ export const providerRoutes = [
    {
        method: 'get',
        path: '/v1/providers',
        id: 'listProviders',
        summary: 'List providers',
        query: readQuery,
        answer: 'ProviderList'
    },
    {
        method: 'get',
        path: '/v1/providers/{id}',
        id: 'getProvider',
        summary: 'Show a provider: limits, breaker, load',
        query: readQuery,
        answer: 'Provider'
    },
    {
        method: 'get',
        path: '/v1/providers/{id}/forecast',
        id: 'forecastProvider',
        summary: 'What will be due, and how late its limits let it start',
        query: forecastQuery,
        answer: 'Forecast'
    },
    {
        method: 'put',
        path: '/v1/providers/{id}/limits',
        id: 'setProviderLimits',
        needs: 'operate',
        summary: 'Set a provider’s limits',
        body: providerLimitsBody,
        answer: 'ProviderChange'
    },
    {
        method: 'post',
        path: '/v1/providers/{id}/pause',
        id: 'pauseProvider',
        needs: 'operate',
        summary: 'Pause a provider for maintenance',
        body: pauseBody,
        answer: 'ProviderChange'
    },
    {
        method: 'post',
        path: '/v1/providers/{id}/resume',
        id: 'resumeProvider',
        needs: 'operate',
        summary: 'Resume a provider',
        body: emptyBody,
        answer: 'ProviderChange'
    },
    {
        method: 'get',
        path: '/v1/connectors',
        id: 'listConnectors',
        summary: 'List connectors',
        answer: 'ConnectorList'
    },
    {
        method: 'get',
        path: '/v1/connections',
        id: 'listConnections',
        summary: 'List connections',
        query: connectionsQuery,
        answer: 'ConnectionList'
    },
    {
        method: 'put',
        path: '/v1/connections/{id}',
        id: 'registerConnection',
        summary: 'Register a connection, with its credentials',
        body: connectionBody,
        answer: 'ConnectionRegistered'
    },
    {
        method: 'get',
        path: '/v1/connections/{id}',
        id: 'getConnection',
        summary: 'Show a connection',
        query: readQuery,
        answer: 'Connection'
    },
    {
        method: 'delete',
        path: '/v1/connections/{id}',
        id: 'removeConnection',
        summary: 'Remove a connection that no schedule acts on: settings, credentials, uploads',
        body: removeBody,
        answer: 'ConnectionRemoved'
    },
    {
        method: 'get',
        path: '/v1/connections/{id}/events',
        id: 'listConnectionEvents',
        summary: 'Its log, the last of it',
        query: logQuery,
        answer: 'EventLog'
    },
    {
        method: 'post',
        path: '/v1/connections/{id}/check',
        id: 'checkConnection',
        summary: 'Ask the provider whether it works',
        body: emptyBody,
        answer: 'Check'
    },
    {
        method: 'post',
        path: '/v1/connections/{id}/suspend',
        id: 'suspendConnection',
        summary: 'Suspend a connection and its schedules',
        body: suspendBody,
        answer: 'ConnectionChange'
    },
    {
        method: 'post',
        path: '/v1/connections/{id}/restore',
        id: 'restoreConnection',
        summary: 'Restore a suspended connection',
        body: noteBody,
        answer: 'ConnectionChange'
    },
    {
        method: 'put',
        path: '/v1/connections/{id}/file',
        id: 'uploadFile',
        summary: 'Upload an export (application/zip, text/csv, application/octet-stream)',
        file: fileTypes,
        status: 202,
        answer: 'Upload'
    },
    {
        method: 'get',
        path: '/v1/conflicts',
        id: 'listConflicts',
        summary: 'List conflicts',
        query: conflictsQuery,
        answer: 'ConflictList'
    },
    {
        method: 'get',
        path: '/v1/conflicts/{id}',
        id: 'getConflict',
        summary: 'Show a conflict',
        query: readQuery,
        answer: 'Conflict'
    },
    {
        method: 'post',
        path: '/v1/conflicts/{id}/acknowledge',
        id: 'acknowledgeConflict',
        summary: 'Acknowledge a conflict',
        body: noteBody,
        answer: 'ConflictChange'
    },
    {
        method: 'post',
        path: '/v1/conflicts/{id}/resolve',
        id: 'resolveConflict',
        summary: 'Resolve a conflict',
        body: emptyBody,
        answer: 'ConflictChange'
    }
];

//# sourceMappingURL=provider-routes.js.map