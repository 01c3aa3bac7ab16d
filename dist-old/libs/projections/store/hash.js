import { createHash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { tableSpecs } from './rows.js';
import { columnsOf, keyValues, KEY_SEPARATOR, snakeCase, whereKey } from './table.js';
function rowsOf(db, sql) {
    const statement = db.prepare(sql);
    statement.setReturnArrays(true);
    return statement;
}
const every = (statement)=>statement.iterate();
/** A row as text. The dump's only form, so that equal rows are equal bytes. */ const canonical = (row)=>JSON.stringify(row.map((cell)=>cell instanceof Uint8Array ? {
            hex: Buffer.from(cell).toString('hex')
        } : cell));
const keyColumns = (spec)=>spec.key.map(snakeCase).join(', ');
/** Hashed in pieces of about this many characters: a call for each row costs more than the hashing. */ const CHUNK = 64 * 1024;
function hashTable(db, spec) {
    const hash = createHash('sha256');
    let rows = 0;
    let text = '';
    for (const row of every(rowsOf(db, `SELECT * FROM ${spec.name} ORDER BY ${keyColumns(spec)}`))){
        rows += 1;
        text += `${canonical(row)}\n`;
        if (text.length < CHUNK) continue;
        hash.update(text);
        text = '';
    }
    hash.update(text);
    return {
        rows,
        sha256: hash.digest('hex')
    };
}
/**
 * The canonical dump of every projected table, hashed: rows by primary key, cells by column. What was parked is left
 * out: it says when, not what.
 */ export function hashReadModel(source) {
    const db = typeof source === 'string' ? new DatabaseSync(source) : source;
    try {
        const tables = Object.fromEntries(tableSpecs.map((spec)=>[
                spec.name,
                hashTable(db, spec)
            ]));
        const sha256 = createHash('sha256').update(JSON.stringify(tables)).digest('hex');
        const position = Number(db.prepare('SELECT position FROM checkpoint').get()?.['position']);
        return {
            position,
            sha256,
            tables
        };
    } finally{
        if (typeof source === 'string') db.close();
    }
}
const EXAMPLES = 10;
/** Rows of two read models that are not the same, for a table whose hashes differ. */ function compareTable(live, rebuilt, spec) {
    const examples = [];
    const count = {
        onlyLive: 0,
        onlyRebuilt: 0,
        different: 0
    };
    const note = (key, rows)=>{
        if (examples.length < EXAMPLES) examples.push({
            key: key.replaceAll(KEY_SEPARATOR, '/'),
            ...rows
        });
    };
    const names = columnsOf(spec).map(([name])=>name);
    const keyOf = (row)=>spec.key.map((name)=>String(row[names.indexOf(name)])).join(KEY_SEPARATOR);
    const found = (statement, key)=>statement.get(...keyValues(spec, key));
    const all = `SELECT * FROM ${spec.name} ORDER BY ${keyColumns(spec)}`;
    const one = `SELECT * FROM ${spec.name} WHERE ${whereKey(spec)}`;
    const inRebuilt = rowsOf(rebuilt, one);
    for (const row of every(rowsOf(live, all))){
        const key = keyOf(row);
        const other = found(inRebuilt, key);
        const here = canonical(row);
        if (other === undefined) {
            count.onlyLive += 1;
            note(key, {
                live: here
            });
        } else if (canonical(other) !== here) {
            count.different += 1;
            note(key, {
                live: here,
                rebuilt: canonical(other)
            });
        }
    }
    const inLive = rowsOf(live, one);
    for (const row of every(rowsOf(rebuilt, all))){
        const key = keyOf(row);
        if (found(inLive, key) !== undefined) continue;
        count.onlyRebuilt += 1;
        note(key, {
            rebuilt: canonical(row)
        });
    }
    return {
        table: spec.name,
        ...count,
        examples
    };
}
/** What differs between two read models, table by table; empty when nothing does. */ export function compareReadModels(live, rebuilt, hashes) {
    const [ofLive, ofRebuilt] = hashes;
    return tableSpecs.filter(({ name })=>ofLive.tables[name]?.sha256 !== ofRebuilt.tables[name]?.sha256).map((spec)=>compareTable(live, rebuilt, spec));
}

//# sourceMappingURL=hash.js.map