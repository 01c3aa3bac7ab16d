import { parseArgs } from 'node:util';
/** What was read; undefined where the words are none that the verb knows, which is said then. */ export function readOr(usage, read) {
    try {
        return read();
    } catch (error) {
        process.stderr.write(`${error.message}\n${usage}`);
        return undefined;
    }
}
/**
 * The words of a verb that knows these flags and takes so many other words; undefined where there are others, which is
 * said then.
 */ export function plainWords(words, known) {
    const { flags = [], others = 0, usage } = known;
    const options = Object.fromEntries(flags.map((flag)=>[
            flag,
            {
                type: 'boolean'
            }
        ]));
    const read = readOr(usage, ()=>parseArgs({
            args: [
                ...words
            ],
            options,
            allowPositionals: others > 0,
            strict: true
        }));
    if (read === undefined) return undefined;
    const { values, positionals } = read;
    if (positionals.length === others) return {
        flags: new Set(Object.keys(values)),
        others: positionals
    };
    process.stderr.write(usage);
    return undefined;
}

//# sourceMappingURL=words.js.map