import { z } from 'zod';
import { rolesFor } from '#lib/contracts/api';
import { answerHeaders, responsesOf } from './answers.js';
import { isOpen } from './authentication.js';
import { needOfRoute } from './needs.js';
import { routes, type Route } from './routes.js';

export { routes };

type Schemas = Record<string, object>;

/** Of what is sent; its named parts go to `named`, where the rest refers to them. */
function schemaOf(schema: z.ZodType, named: Schemas): Record<string, unknown> {
  const { $schema: _, ...told } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  if (told.$defs === undefined) return told;
  const referring = JSON.stringify(told).replaceAll('"#/$defs/', '"#/components/schemas/');
  const { $defs, ...rest } = JSON.parse(referring) as { readonly $defs: Schemas };
  for (const [name, part] of Object.entries($defs)) named[name] = withoutId(part);
  return rest;
}

const withoutId = ({ id: _, ...part }: { readonly id?: string }): object => part;

const headerSchemas = {
  'Idempotency-Key': { type: 'string', maxLength: 128 },
  'If-Match': {
    type: 'string',
    description: 'The ETag that was seen: a change meanwhile is refused with 412',
  },
  'Last-Event-ID': { type: 'string', description: 'The id of the last event that was seen, a log position' },
} as const;

function parametersOf({ path, query, method, file, headers = [] }: Route, named: Schemas): object[] {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const properties = query === undefined ? {} : ((schemaOf(query, named)['properties'] ?? {}) as Schemas);
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

function contentOf({ body, file }: Route, named: Schemas): object | undefined {
  if (body !== undefined) return { 'application/json': { schema: schemaOf(body, named) } };
  // Its bytes as they are: no schema says more.
  return file === undefined ? undefined : Object.fromEntries(file.map((type) => [type, {}]));
}

/** Whether nothing at all would be refused. */
const needsBody = ({ body, file }: Route): boolean =>
  file !== undefined || (body !== undefined && !body.safeParse(undefined).success);

const or = new Intl.ListFormat('en', { type: 'disjunction' });

/** Who may; what is open to all asks for no key even where keys are configured. */
function accessOf(route: Route): object {
  if (isOpen(route.path)) return { description: 'Answered without an API key.', security: [] };
  return { description: `Takes an API key of role ${or.format(rolesFor(needOfRoute(route)))}.` };
}

function operation(route: Route, named: Schemas): object {
  const content = contentOf(route, named);
  return {
    operationId: route.id,
    summary: route.summary,
    ...accessOf(route),
    parameters: parametersOf(route, named),
    ...(content === undefined ? {} : { requestBody: { required: needsBody(route), content } }),
    responses: responsesOf(route),
  };
}

async function build(): Promise<object> {
  // Nobody who does not ask waits for these: neither for the modules nor for what is made of them.
  const { componentsOf } = await import('./components.js');
  const paths: Record<string, Schemas> = {};
  const named: Schemas = {};
  for (const route of routes) (paths[route.path] ??= {})[route.method] = operation(route, named);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Syncopate',
      version: '1',
      description:
        'Instants are ISO 8601, in answers always in UTC; durations are ISO 8601 durations, in requests also whole seconds; ' +
        'what ends in Ms is in milliseconds. An answer may have further fields in a later release.',
    },
    paths,
    components: {
      schemas: { ...componentsOf(), ...named },
      headers: answerHeaders,
      securitySchemes: { key: { type: 'http', scheme: 'bearer' } },
    },
    security: [{ key: [] }, {}],
  };
}

let built: Promise<object> | undefined;

/** The service's own description, made from the schemas that requests and answers are checked against. */
export const openApi = (): Promise<object> => (built ??= build());
