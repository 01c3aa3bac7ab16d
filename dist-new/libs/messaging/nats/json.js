const text = new TextDecoder('utf-8', {
    fatal: true
});
/** @throws {SyntaxError | TypeError} what is not JSON in UTF-8. */ export const decodeJson = (data)=>JSON.parse(text.decode(data));
/** The parsed message, or what is wrong with it. */ export function parseMessage(schema, data) {
    try {
        return parseValue(schema, decodeJson(data));
    } catch (error) {
        return {
            ok: false,
            why: error instanceof Error ? error.message : 'it is not JSON'
        };
    }
}
/** The same for a part of a message. */ export function parseValue(schema, value) {
    const parsed = schema.safeParse(value);
    if (parsed.success) return {
        ok: true,
        value: parsed.data
    };
    const why = parsed.error.issues.slice(0, 5).map(({ path, message })=>`${path.join('.')}: ${message}`).join('; ');
    return {
        ok: false,
        why
    };
}

//# sourceMappingURL=json.js.map