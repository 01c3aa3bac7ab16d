/** One JSON line per entry, so that a line cannot be forged by a newline in a message. */ const describe = (value)=>value instanceof Error ? {
        name: value.name,
        message: value.message,
        code: value.code,
        stack: value.stack
    } : value;
/** JSON leaves these as they are: some terminals take them for a line's end, or for what moves the cursor. */ // oxlint-disable-next-line no-control-regex
const LEFT = /[\u007f-\u009f\u2028\u2029]/g;
const escaped = (character)=>`\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
export function jsonLog(write, now) {
    return (level, message, details = {})=>{
        const plain = Object.fromEntries(Object.entries(details).map(([key, value])=>[
                key,
                describe(value)
            ]));
        const line = JSON.stringify({
            at: new Date(now()).toISOString(),
            level,
            message,
            ...plain
        });
        write(`${line.replace(LEFT, escaped)}\n`);
    };
}
export const silent = ()=>undefined;

//# sourceMappingURL=log.js.map