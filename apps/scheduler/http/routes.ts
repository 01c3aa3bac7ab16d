import type { z } from 'zod';
import {
  backfillBody,
  conflictsQuery,
  connectionBody,
  connectionsQuery,
  createScheduleBody,
  createSchedulesBody,
  emptyBody,
  eventsQuery,
  logQuery,
  noteBody,
  occurrencesQuery,
  parkedQuery,
  pauseBody,
  providerLimitsBody,
  readQuery,
  recordsQuery,
  subscriptionsQuery,
  reportQuery,
  runsQuery,
  schedulesQuery,
  statisticsQuery,
  suspendBody,
  triggerBody,
  updateScheduleBody,
} from '#lib/contracts/api';
import { fileTypes } from './uploads.controller.js';

export type Route = {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  readonly path: string;
  readonly summary: string;
  readonly body?: z.ZodType;
  /** In place of a body of JSON: what it may be sent as. */
  readonly file?: readonly string[];
  readonly query?: z.ZodType;
  readonly status?: number;
  /** Headers that it takes besides those that all do. */
  readonly headers?: readonly ('If-Match' | 'Last-Event-ID')[];
};

const versioned = ['If-Match'] as const;

/** Every route of the service; a test holds this list against the router's own. */
export const routes: readonly Route[] = [
  {
    method: 'post',
    path: '/v1/schedules',
    summary: 'Create a schedule',
    body: createScheduleBody,
    status: 201,
  },
  {
    method: 'post',
    path: '/v1/schedules/batch',
    summary: 'Create up to 1,000 schedules, each answered by itself',
    body: createSchedulesBody,
  },
  {
    method: 'post',
    path: '/v1/schedules:validate',
    summary: 'Judge a schedule without creating it',
    body: createScheduleBody,
  },
  { method: 'get', path: '/v1/schedules', summary: 'List schedules', query: schedulesQuery },
  { method: 'get', path: '/v1/schedules/{id}', summary: 'Show a schedule', query: readQuery },
  {
    method: 'patch',
    path: '/v1/schedules/{id}',
    summary: 'Change a schedule (If-Match: its ETag)',
    body: updateScheduleBody,
    headers: versioned,
  },
  {
    method: 'delete',
    path: '/v1/schedules/{id}',
    summary: 'Delete a schedule',
    body: noteBody,
    headers: versioned,
  },
  {
    method: 'get',
    path: '/v1/schedules/{id}/occurrences',
    summary: 'Next occurrences, nominal and effective',
    query: occurrencesQuery,
  },
  { method: 'get', path: '/v1/schedules/{id}/events', summary: 'Its log, the last of it', query: logQuery },
  {
    method: 'post',
    path: '/v1/schedules/{id}/pause',
    summary: 'Pause, optionally until an instant',
    headers: versioned,
    body: pauseBody,
  },
  {
    method: 'post',
    path: '/v1/schedules/{id}/resume',
    summary: 'Resume',
    body: emptyBody,
    headers: versioned,
  },
  {
    method: 'post',
    path: '/v1/schedules/{id}/skip-next',
    summary: 'Skip the next occurrence',
    headers: versioned,
    body: emptyBody,
  },
  {
    method: 'post',
    path: '/v1/schedules/{id}/trigger',
    summary: 'Run now',
    body: triggerBody,
    status: 202,
    headers: versioned,
  },
  {
    method: 'post',
    path: '/v1/schedules/{id}/backfill',
    summary: 'Run every occurrence of a past range',
    headers: versioned,
    body: backfillBody,
    status: 202,
  },
  { method: 'get', path: '/v1/runs', summary: 'List runs, skipped and missed occurrences', query: runsQuery },
  { method: 'get', path: '/v1/runs/{id}', summary: 'Show a run with its events', query: readQuery },
  { method: 'post', path: '/v1/runs/{id}/cancel', summary: 'Cancel a run', body: emptyBody, status: 202 },
  {
    method: 'post',
    path: '/v1/runs/{id}/redrive',
    summary: 'Run a dead letter again',
    body: emptyBody,
    status: 202,
  },
  { method: 'get', path: '/v1/providers', summary: 'List providers', query: readQuery },
  {
    method: 'get',
    path: '/v1/providers/{id}',
    summary: 'Show a provider: limits, breaker, load',
    query: readQuery,
  },
  {
    method: 'put',
    path: '/v1/providers/{id}/limits',
    summary: 'Set a provider’s limits',
    body: providerLimitsBody,
  },
  {
    method: 'post',
    path: '/v1/providers/{id}/pause',
    summary: 'Pause a provider for maintenance',
    body: pauseBody,
  },
  { method: 'post', path: '/v1/providers/{id}/resume', summary: 'Resume a provider', body: emptyBody },
  { method: 'get', path: '/v1/connectors', summary: 'List connectors' },
  { method: 'get', path: '/v1/connections', summary: 'List connections', query: connectionsQuery },
  {
    method: 'put',
    path: '/v1/connections/{id}',
    summary: 'Register a connection, with its credentials',
    body: connectionBody,
  },
  { method: 'get', path: '/v1/connections/{id}', summary: 'Show a connection', query: readQuery },
  {
    method: 'post',
    path: '/v1/connections/{id}/check',
    summary: 'Ask the provider whether it works',
    body: emptyBody,
  },
  {
    method: 'post',
    path: '/v1/connections/{id}/suspend',
    summary: 'Suspend a connection and its schedules',
    body: suspendBody,
  },
  {
    method: 'post',
    path: '/v1/connections/{id}/restore',
    summary: 'Restore a suspended connection',
    body: noteBody,
  },
  { method: 'get', path: '/v1/conflicts', summary: 'List conflicts', query: conflictsQuery },
  { method: 'get', path: '/v1/conflicts/{id}', summary: 'Show a conflict', query: readQuery },
  {
    method: 'post',
    path: '/v1/conflicts/{id}/acknowledge',
    summary: 'Acknowledge a conflict',
    body: noteBody,
  },
  { method: 'post', path: '/v1/conflicts/{id}/resolve', summary: 'Resolve a conflict', body: emptyBody },
  {
    method: 'get',
    path: '/v1/parked',
    summary: 'List events that a saga or a projection could not take',
    query: parkedQuery,
  },
  {
    method: 'post',
    path: '/v1/parked/{id}/replay',
    summary: 'Show a parked event to its saga again',
    body: noteBody,
    status: 202,
  },
  { method: 'get', path: '/v1/stats', summary: 'How things stand', query: readQuery },
  {
    method: 'get',
    path: '/v1/statistics',
    summary: 'Counts and quantiles by hour or day',
    query: statisticsQuery,
  },
  { method: 'get', path: '/v1/report', summary: 'Report for a range', query: reportQuery },
  {
    method: 'put',
    path: '/v1/connections/{id}/file',
    summary: 'Upload an export (application/zip, text/csv, application/octet-stream)',
    file: fileTypes,
    status: 202,
  },
  {
    method: 'get',
    path: '/v1/subscriptions',
    summary: 'Subscriptions, merged over all sources; a page is of so many users',
    query: subscriptionsQuery,
  },
  { method: 'get', path: '/v1/subscriptions/{user}/{id}', summary: 'One subscription and how it changed' },
  { method: 'get', path: '/v1/charges', summary: 'Charges synced so far', query: recordsQuery },
  { method: 'get', path: '/v1/usage', summary: 'Usage synced so far', query: recordsQuery },
  { method: 'get', path: '/v1/resources', summary: 'Executors and what they use' },
  { method: 'get', path: '/v1/queue', summary: 'What waits and runs, and what stops the rest' },
  {
    method: 'get',
    path: '/v1/events',
    summary: 'Live events (text/event-stream; resumes from Last-Event-ID)',
    headers: ['Last-Event-ID'],
    query: eventsQuery,
  },
  { method: 'get', path: '/v1/openapi.json', summary: 'This description' },
  { method: 'get', path: '/healthz', summary: 'Alive' },
  { method: 'get', path: '/readyz', summary: 'Ready' },
  { method: 'get', path: '/metrics', summary: 'Prometheus metrics' },
];
