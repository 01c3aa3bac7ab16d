import { z } from 'zod';
import { routes, type Route } from './routes.js';

export { routes };

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

const headerSchemas = {
  'Idempotency-Key': { type: 'string', maxLength: 128 },
  'If-Match': {
    type: 'string',
    description: 'The ETag that was seen: a change meanwhile is refused with 412',
  },
  'Last-Event-ID': { type: 'string', description: 'The id of the last event that was seen, a log position' },
} as const;

function parametersOf({ path, query, method, file, headers = [] }: Route): object[] {
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
  // A file is told by what it holds.
  const keyed = method === 'get' || file !== undefined ? [] : (['Idempotency-Key'] as const);
  const inHeaders = [...keyed, ...headers].map((name) => ({
    name,
    in: 'header',
    required: false,
    schema: headerSchemas[name],
  }));
  return [...inPath, ...inQuery, ...inHeaders];
}

function contentOf({ body, file }: Route): object | undefined {
  if (body !== undefined) return { 'application/json': { schema: schemaOf(body) } };
  // Its bytes as they are: no schema says more.
  return file === undefined ? undefined : Object.fromEntries(file.map((type) => [type, {}]));
}

function operation(route: Route): object {
  const content = contentOf(route);
  const problems = {
    description: 'Problem',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
  return {
    summary: route.summary,
    parameters: parametersOf(route),
    ...(content === undefined ? {} : { requestBody: { content } }),
    responses: {
      [route.status ?? 200]: { description: 'Done' },
      '4XX': problems,
      '503': problems,
      ...(route.method === 'get' ? {} : { '507': problems }),
    },
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
