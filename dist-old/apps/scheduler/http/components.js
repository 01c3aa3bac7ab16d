import { z } from 'zod';
import { answers } from '#lib/contracts/api/answers';
/** Schemas of answers as the description has them: each by its name, and referred to by it wherever it is part of another. */ const BOUNDS = new Set([
    Number.MIN_SAFE_INTEGER,
    Number.MAX_SAFE_INTEGER
]);
/** These formats say it, and expressions of a hundred characters do not say more. */ const told = new Set([
    'date-time',
    'date',
    'duration'
]);
/** What says nothing to a client goes, and so does that there are no further fields: a later release may answer more. */ function plain(schema) {
    if (schema['additionalProperties'] === false) delete schema['additionalProperties'];
    if (told.has(schema['format'])) delete schema['pattern'];
    // Every name is one.
    if (Object.keys(schema['propertyNames'] ?? {}).join() === 'type') delete schema['propertyNames'];
    for (const bound of [
        'minimum',
        'maximum'
    ])if (BOUNDS.has(schema[bound])) delete schema[bound];
}
const reference = (name)=>`#/components/schemas/${name}`;
export function componentsOf() {
    const named = z.registry();
    for (const [id, schema] of Object.entries(answers))named.add(schema, {
        id
    });
    const { schemas } = z.toJSONSchema(named, {
        uri: reference,
        override: ({ jsonSchema })=>plain(jsonSchema)
    });
    return Object.fromEntries(Object.entries(schemas).map(([name, { $schema: _, $id: __, ...schema }])=>[
            name,
            schema
        ]));
}

//# sourceMappingURL=components.js.map