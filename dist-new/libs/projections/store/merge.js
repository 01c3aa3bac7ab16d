import { codecOf } from './codec.js';
import { columnsOf, selectList, snakeCase, upsertSql } from './table.js';
/** Rows put together in one go. */ const PAGE = 5_000;
/** Adds what the share counted to rows that are there already. */ function addUp(db, share, spec, together) {
    const codec = codecOf(spec);
    const names = columnsOf(spec).map(([name])=>name);
    const keys = spec.key.map(snakeCase);
    const of = (alias)=>keys.map((key)=>`${alias}.${key}`).join(', ');
    const sameKey = keys.map((key)=>`m.${key} = s.${key}`).join(' AND ');
    const inBoth = `FROM ${share}.${spec.name} s JOIN main.${spec.name} m ON ${sameKey} WHERE (${of('s')}) > (${keys.map(()=>'?').join(', ')}) ORDER BY ${of('s')} LIMIT ${PAGE}`;
    const statement = db.prepare(`SELECT ${selectList(spec, 'm')}, ${selectList(spec, 's')} ${inBoth}`);
    statement.setReturnArrays(true);
    const upsert = db.prepare(upsertSql(spec));
    const values = [];
    let last = keys.map(()=>'');
    for(;;){
        const found = statement.all(...last);
        for (const cells of found){
            const [ours, theirs] = [
                codec.read(cells),
                codec.read(cells.slice(codec.width))
            ];
            codec.encode(together(ours, theirs), values, 0);
            upsert.run(...values);
        }
        const end = found.at(-1);
        if (end === undefined) return;
        last = spec.key.map((name)=>end[names.indexOf(name)]);
    }
}
/**
 * Puts the rows of an attached file, folded from other streams of the same log, to those that are here; in the caller's
 * transaction. A row of one key in both is an error, but in tables that say what two of them are together.
 */ export function mergeShare(db, share, specs) {
    for (const spec of specs){
        if (spec.together !== undefined) addUp(db, share, spec, spec.together);
        const orIgnore = spec.together === undefined ? '' : 'OR IGNORE';
        db.exec(`INSERT ${orIgnore} INTO main.${spec.name} SELECT * FROM ${share}.${spec.name}`);
    }
    db.exec(`INSERT INTO main.parked SELECT * FROM ${share}.parked`);
}

//# sourceMappingURL=merge.js.map