import { z } from 'zod';
import {
  backfillBody,
  conflictsQuery,
  connectionBody,
  connectionsQuery,
  createScheduleBody,
  createSchedulesBody,
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

type Route = {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  readonly path: string;
  readonly summary: string;
  readonly body?: z.ZodType;
  readonly query?: z.ZodType;
  readonly status?: number;
};

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
  },
  { method: 'delete', path: '/v1/schedules/{id}', summary: 'Delete a schedule', body: noteBody },
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
    body: pauseBody,
  },
  { method: 'post', path: '/v1/schedules/{id}/resume', summary: 'Resume', body: noteBody },
  {
    method: 'post',
    path: '/v1/schedules/{id}/skip-next',
    summary: 'Skip the next occurrence',
    body: noteBody,
  },
  { method: 'post', path: '/v1/schedules/{id}/trigger', summary: 'Run now', body: triggerBody, status: 202 },
  {
    method: 'post',
    path: '/v1/schedules/{id}/backfill',
    summary: 'Run every occurrence of a past range',
    body: backfillBody,
    status: 202,
  },
  { method: 'get', path: '/v1/runs', summary: 'List runs, skipped and missed occurrences', query: runsQuery },
  { method: 'get', path: '/v1/runs/{id}', summary: 'Show a run with its events', query: readQuery },
  { method: 'post', path: '/v1/runs/{id}/cancel', summary: 'Cancel a run', body: noteBody, status: 202 },
  {
    method: 'post',
    path: '/v1/runs/{id}/redrive',
    summary: 'Run a dead letter again',
    body: noteBody,
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
  { method: 'post', path: '/v1/providers/{id}/resume', summary: 'Resume a provider', body: noteBody },
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
    body: noteBody,
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
  { method: 'post', path: '/v1/conflicts/{id}/resolve', summary: 'Resolve a conflict', body: noteBody },
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
    query: eventsQuery,
  },
  { method: 'get', path: '/v1/openapi.json', summary: 'This description' },
  { method: 'get', path: '/healthz', summary: 'Alive' },
  { method: 'get', path: '/readyz', summary: 'Ready' },
  { method: 'get', path: '/metrics', summary: 'Prometheus metrics' },
];

const schemaOf = (schema: z.ZodType): Record<string, unknown> =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });

const problemSchema = {
  type: 'object',
  description: 'RFC 9457 problem details',
  required: ['type', 'title', 'status', 'detail'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: { field: { type: 'string' }, message: { type: 'string' }, code: { type: 'string' } },
      },
    },
  },
};

function parametersOf({ path, query, method }: Route): object[] {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const properties =
    query === undefined ? {} : ((schemaOf(query)['properties'] ?? {}) as Record<string, object>);
  const inQuery = Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: false,
    schema,
  }));
  const headers =
    method === 'get'
      ? []
      : [
          {
            name: 'Idempotency-Key',
            in: 'header',
            required: false,
            schema: { type: 'string', maxLength: 128 },
          },
        ];
  return [...inPath, ...inQuery, ...headers];
}

function operation(route: Route): object {
  const problems = {
    description: 'Problem',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
  return {
    summary: route.summary,
    parameters: parametersOf(route),
    ...(route.body === undefined
      ? {}
      : { requestBody: { content: { 'application/json': { schema: schemaOf(route.body) } } } }),
    responses: { [route.status ?? 200]: { description: 'Done' }, '4XX': problems, '503': problems },
  };
}

let built: object | undefined;

/** The service's own description, made from the schemas that requests are checked against. */
export function openApi(): object {
  if (built !== undefined) return built;
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) (paths[route.path] ??= {})[route.method] = operation(route);
  built = {
    openapi: '3.1.0',
    info: {
      title: 'Syncopate',
      version: '1',
      description: 'Instants are ISO 8601; durations are ISO 8601 durations or whole seconds.',
    },
    paths,
    components: {
      schemas: { Problem: problemSchema },
      securitySchemes: { key: { type: 'http', scheme: 'bearer' } },
    },
    security: [{ key: [] }, {}],
  };
  return built;
}
