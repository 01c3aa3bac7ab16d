import { z } from 'zod';
import { rolesFor } from '#lib/contracts/api';
import { answerHeaders, responsesOf } from './answers.js';
import { isOpen } from './authentication.js';
import { needOfRoute } from './needs.js';
import { routes } from './routes.js';
export { routes };
/** Of what is sent; its named parts go to `named`, where the rest refers to them. */ function schemaOf(schema, named) {
    const { $schema: _, ...told } = z.toJSONSchema(schema, {
        io: 'input',
        unrepresentable: 'any'
    });
    if (told.$defs === undefined) return told;
    const referring = JSON.stringify(told).replaceAll('"#/$defs/', '"#/components/schemas/');
    const { $defs, ...rest } = JSON.parse(referring);
    for (const [name, part] of Object.entries($defs))named[name] = withoutId(part);
    return rest;
}
const withoutId = ({ id: _, ...part })=>part;
const headerSchemas = {
    'Idempotency-Key': {
        type: 'string',
        maxLength: 128
    },
    'If-Match': {
        type: 'string',
        description: 'The ETag that was seen: a change meanwhile is refused with 412'
    },
    'Last-Event-ID': {
        type: 'string',
        description: 'The id of the last event that was seen, a log position'
    }
};
function parametersOf({ path, query, method, file, headers = [] }, named) {
    const inPath = [
        ...path.matchAll(/\{(\w+)\}/g)
    ].map(([, name])=>({
            name,
            in: 'path',
            required: true,
            schema: {
                type: 'string'
            }
        }));
    const properties = query === undefined ? {} : schemaOf(query, named)['properties'] ?? {};
    const inQuery = Object.entries(properties).map(([name, schema])=>({
            name,
            in: 'query',
            required: false,
            schema
        }));
    // A file is told by what it holds.
    const keyed = method === 'get' || file !== undefined ? [] : [
        'Idempotency-Key'
    ];
    const inHeaders = [
        ...keyed,
        ...headers
    ].map((name)=>({
            name,
            in: 'header',
            required: false,
            schema: headerSchemas[name]
        }));
    return [
        ...inPath,
        ...inQuery,
        ...inHeaders
    ];
}
function contentOf({ body, file }, named) {
    if (body !== undefined) return {
        'application/json': {
            schema: schemaOf(body, named)
        }
    };
    // Its bytes as they are: no schema says more.
    return file === undefined ? undefined : Object.fromEntries(file.map((type)=>[
            type,
            {}
        ]));
}
/** Whether nothing at all would be refused. */ const needsBody = ({ body, file })=>file !== undefined || body !== undefined && !body.safeParse(undefined).success;
const or = new Intl.ListFormat('en', {
    type: 'disjunction'
});
/** Who may; what is open to all asks for no key even where keys are configured. */ function accessOf(route) {
    if (isOpen(route.path)) return {
        description: 'Answered without an API key.',
        security: []
    };
    return {
        description: `Takes an API key of role ${or.format(rolesFor(needOfRoute(route)))}.`
    };
}
function operation(route, named) {
    const content = contentOf(route, named);
    return {
        operationId: route.id,
        summary: route.summary,
        ...accessOf(route),
        parameters: parametersOf(route, named),
        ...content === undefined ? {} : {
            requestBody: {
                required: needsBody(route),
                content
            }
        },
        responses: responsesOf(route)
    };
}
async function build() {
    // Nobody who does not ask waits for these: neither for the modules nor for what is made of them.
    const { componentsOf } = await import('./components.js');
    const paths = {};
    const named = {};
    for (const route of routes)(paths[route.path] ??= {})[route.method] = operation(route, named);
    return {
        openapi: '3.1.0',
        info: {
            title: 'Syncopate',
            version: '1',
            description: 'Instants are ISO 8601, in answers always in UTC; durations are ISO 8601 durations, in requests also whole seconds; ' + 'what ends in Ms is in milliseconds. An answer may have further fields in a later release.'
        },
        paths,
        components: {
            schemas: {
                ...componentsOf(),
                ...named
            },
            headers: answerHeaders,
            securitySchemes: {
                key: {
                    type: 'http',
                    scheme: 'bearer'
                }
            }
        },
        security: [
            {
                key: []
            },
            {}
        ]
    };
}
let built;
/** The service's own description, made from the schemas that requests and answers are checked against. */ export const openApi = ()=>built ??= build();

//# sourceMappingURL=open-api.js.map