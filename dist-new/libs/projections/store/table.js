/** Cannot occur in ids: contracts refuse control characters. */ export const KEY_SEPARATOR = '\u0000';
export const snakeCase = (name)=>name.replace(/[A-Z]/g, (letter)=>`_${letter.toLowerCase()}`);
const sqlType = {
    text: 'TEXT',
    number: 'NUMERIC',
    flag: 'INTEGER',
    json: 'TEXT',
    bins: 'BLOB'
};
/** A single numeric key is the rowid: rows are appended in event order. Any other table is clustered by its key. */ export const isRowIdTable = (spec)=>{
    const [first] = spec.key;
    return spec.key.length === 1 && first !== undefined && spec.columns[first] === 'number';
};
export function createTableSql(spec) {
    const rowId = isRowIdTable(spec);
    const columns = columnsOf(spec).map(([name, kind])=>rowId && spec.key.includes(name) ? `${snakeCase(name)} INTEGER PRIMARY KEY` : `${snakeCase(name)} ${sqlType[kind]}`);
    const key = rowId ? [] : [
        `PRIMARY KEY (${spec.key.map(snakeCase).join(', ')})`
    ];
    return `CREATE TABLE ${spec.name} (${[
        ...columns,
        ...key
    ].join(', ')})${rowId ? '' : ' WITHOUT ROWID'}`;
}
export const createIndexSql = (spec)=>spec.indexes.map(({ on, where }, at)=>`CREATE INDEX IF NOT EXISTS ${spec.name}_${at} ON ${spec.name} (${on})${where === undefined ? '' : ` WHERE ${where}`}`);
export const columnsOf = (spec)=>Object.entries(spec.columns);
/** `SELECT` list that yields the row's own property names. */ export const selectList = (spec, alias)=>columnsOf(spec).map(([name])=>`${alias === undefined ? '' : `${alias}.`}${snakeCase(name)} AS "${name}"`).join(', ');
export const whereKey = (spec)=>spec.key.map((name)=>`${snakeCase(name)} = ?`).join(' AND ');
/** Writes as many rows as asked for, in one statement. */ export function upsertSql(spec, rows = 1) {
    const names = columnsOf(spec).map(([name])=>name);
    const changing = names.filter((name)=>!spec.key.includes(name) && !spec.fixed.includes(name)).map(snakeCase);
    const values = `(${names.map(()=>'?').join(', ')})`;
    const update = changing.length === 0 ? 'NOTHING' : `UPDATE SET ${changing.map((name)=>`${name} = excluded.${name}`).join(', ')}`;
    return `INSERT OR FAIL INTO ${spec.name} (${names.map(snakeCase).join(', ')}) VALUES ${Array.from({
        length: rows
    }, ()=>values).join(', ')} ` + `ON CONFLICT (${spec.key.map(snakeCase).join(', ')}) DO ${update}`;
}
export const keyOf = (key, row)=>key.length === 1 ? row[key[0]] : key.map((name)=>row[name]).join(KEY_SEPARATOR);
export const keyValues = (spec, key)=>spec.key.length === 1 ? [
        key
    ] : String(key).split(KEY_SEPARATOR);

//# sourceMappingURL=table.js.map