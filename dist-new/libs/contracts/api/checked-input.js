const fieldOf = (path)=>path.reduce((text, part)=>typeof part === 'number' ? `${text}[${part}]` : text === '' ? String(part) : `${text}.${String(part)}`, '');
/** The innermost reasons: of a union, those of the branch that came closest. */ function errorsOf(issues, prefix) {
    return issues.flatMap((issue)=>{
        const path = [
            ...prefix,
            ...issue.path
        ];
        if (issue.code === 'invalid_union' && issue.errors?.length) {
            const closest = issue.errors.map((branch)=>errorsOf(branch, path)).sort((a, b)=>depth(b) - depth(a) || emptyText(a) - emptyText(b) || a.length - b.length)[0];
            if (closest !== undefined && depth(closest) > 0) return closest;
        }
        if (issue.code === 'unrecognized_keys') {
            return issue.keys.map((key)=>({
                    field: fieldOf([
                        ...path,
                        key
                    ]),
                    message: issue.message,
                    code: 'unknown_field'
                }));
        }
        return [
            {
                field: fieldOf(path),
                message: issue.message,
                code: issue.code
            }
        ];
    });
}
/** Whether a branch was the one for an empty text: that says nothing of what would be right. */ const emptyText = (errors)=>Number(errors.every(({ message })=>message === 'Invalid input: expected ""'));
/** Of a field that is not known, which ones are; of one that is missing, that it is. Everything else is said by the schema. */ const plainly = ({ code, inst, input, ...issue })=>{
    if (code === 'invalid_type' && input === undefined) return `is missing: ${aWord(String(issue['expected']))}`;
    if (code !== 'unrecognized_keys') return undefined;
    const { shape = {} } = inst?._zod.def ?? {};
    const known = Object.keys(shape).toSorted().join(', ');
    return known === '' ? 'is not a known field' : `is not a known field; there are ${known}`;
};
const aWord = (kind)=>`${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${kind} is needed`;
const depth = (errors)=>Math.max(0, ...errors.map(({ field })=>field.split(/[.[]/).length));
/** Told of one request: nobody reads more, and an answer must not be many times what it answers. */ const MOST_ERRORS = 50;
/** `named`: the field that the value itself is, where it is not all that came in. */ export function checkInput(schema, value, named) {
    const parsed = schema.safeParse(value, {
        error: plainly
    });
    if (parsed.success) return {
        ok: true,
        value: parsed.data
    };
    const all = errorsOf(parsed.error.issues, named === undefined ? [] : [
        named
    ]);
    const errors = all.slice(0, MOST_ERRORS);
    const detail = errors.map(({ field, message })=>field === '' ? message : `${field}: ${message}`).join('; ');
    const places = all.length > errors.length ? ` in ${all.length} places` : '';
    return {
        ok: false,
        errors,
        told: `is not valid${places}: ${detail.slice(0, 1_000)}`
    };
}

//# sourceMappingURL=checked-input.js.map