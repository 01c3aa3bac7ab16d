import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isWithdrawal } from '#lib/ports';
import { columns, happened, split, streams } from './columns.js';
import { keyAfter } from './key-after.js';
import { limitOf } from './limits.js';
import { shaped } from './row-shape.js';
import { countSql, forgetSql, insertSql, laterSql, missingColumns, schema, selectSql, updateSql, usersSql, withdrawSql } from './tables.js';
const BUSY_MS = 5_000;
/** Synced records in one SQLite file (mode 0600). A batch is one durable transaction, so a checkpoint may follow it. */ export class SqliteSink {
    #database;
    #writers;
    /** By their SQL: there is one for each combination of filters. */ #statements;
    constructor(path){
        this.#statements = new Map();
        if (!existsSync(dirname(path))) mkdirSync(dirname(path), {
            recursive: true,
            mode: 0o700
        });
        if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600));
        this.#database = new DatabaseSync(path, {
            timeout: BUSY_MS
        });
        this.#database.exec('PRAGMA journal_mode = WAL');
        this.#database.exec('PRAGMA synchronous = FULL');
        const identity = this.#make();
        if (identity !== undefined) this.identity = identity;
        for (const stream of streams)this.#addMissingColumns(stream);
        this.#writers = {
            subscriptions: this.#prepare('subscriptions'),
            charges: this.#prepare('charges'),
            usage: this.#prepare('usage')
        };
    }
    async write(scope, changes, at) {
        const counts = {
            inserted: 0,
            updated: 0
        };
        this.#database.exec('BEGIN IMMEDIATE');
        try {
            for (const change of changes){
                if (isWithdrawal(change)) this.#withdraw(scope, change, Math.trunc(at));
                else counts[this.#put(scope, change, Math.trunc(at))]++;
            }
            this.#database.exec('COMMIT');
        } catch (error) {
            if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
            throw error;
        }
        return counts;
    }
    #put(scope, record, at) {
        const bindings = bindingsOf(scope, record, at);
        const { insert, update } = this.#writers[record.stream];
        if (insert.run(bindings).changes > 0) return 'inserted';
        update.run(bindings);
        return 'updated';
    }
    #withdraw({ tenant, connection }, { stream, withdrawn }, at) {
        const { before, within = '', from } = withdrawn;
        const range = {
            $within: within,
            $until: keyAfter(within) ?? null,
            $before: before
        };
        const day = stream in happened ? {
            $from: from ?? null
        } : {};
        this.#statement(withdrawSql(stream)).run({
            $tenant: tenant,
            $connection: connection,
            $at: at,
            ...range,
            ...day
        });
    }
    async users({ tenant, after = '', limit }) {
        const found = this.#statement(usersSql).all({
            $tenant: tenant,
            $after: after,
            $limit: limit
        });
        return found.map(({ user })=>String(user));
    }
    async subscriptions(filter) {
        return this.#select('subscriptions', filter);
    }
    async charges(page) {
        return this.#select('charges', page);
    }
    async usage(page) {
        return this.#select('usage', page);
    }
    async counts(filter) {
        const { where, bindings } = condition(filter);
        const count = (stream)=>Number(this.#statement(countSql(stream, where)).get(bindings)?.['rows']);
        return {
            subscriptions: count('subscriptions'),
            charges: count('charges'),
            usage: count('usage')
        };
    }
    async forget(tenant, connection) {
        let rows = 0;
        for (const stream of streams){
            rows += Number(this.#statement(forgetSql(stream)).run({
                $tenant: tenant,
                $connection: connection
            }).changes);
        }
        return rows;
    }
    async close() {
        if (this.#database.isOpen) this.#database.close();
    }
    #select(stream, page) {
        const { where, bindings } = condition(page);
        const part = partOf(stream, page);
        const sql = selectSql(stream, [
            where,
            ...part.where
        ].join(' AND '));
        const rows = this.#statement(sql).all({
            ...bindings,
            ...part.bindings,
            $limit: limitOf(page)
        });
        return rows.map((row)=>shaped(stream, row));
    }
    #statement(sql) {
        const known = this.#statements.get(sql) ?? this.#database.prepare(sql);
        this.#statements.set(sql, known);
        return known;
    }
    #prepare(stream) {
        const insert = this.#database.prepare(insertSql(stream));
        const update = this.#database.prepare(updateSql(stream));
        return {
            insert,
            update
        };
    }
    /** In one transaction: tables without an identity are those of an earlier version, never half of a new file. */ #make() {
        this.#database.exec('BEGIN IMMEDIATE');
        const isNew = this.#database.prepare('SELECT 1 FROM sqlite_schema').get() === undefined;
        if (isNew) {
            this.#database.exec('CREATE TABLE identity (id TEXT NOT NULL) STRICT');
            this.#database.prepare('INSERT INTO identity (id) VALUES (?)').run(randomUUID());
        }
        for (const statement of schema)this.#database.exec(statement);
        const named = this.#database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'identity'").get();
        const row = named === undefined ? undefined : this.#database.prepare('SELECT id FROM identity').get();
        this.#database.exec('COMMIT');
        return row === undefined ? undefined : String(row['id']);
    }
    #addMissingColumns(stream) {
        const present = this.#database.prepare('SELECT name FROM pragma_table_info(?)').all(stream);
        const names = new Set(present.map((row)=>String(row['name'])));
        for (const statement of missingColumns(stream, names))this.#database.exec(statement);
    }
}
function bindingsOf(scope, record, at) {
    const { typed, extra } = split(record);
    const bindings = {
        $key: record.key,
        $at: at,
        $extra: JSON.stringify(extra)
    };
    const { tenant, user, connection, provider, connector } = scope;
    for (const [name, value] of Object.entries({
        tenant,
        user,
        connection,
        provider,
        connector
    }))bindings[`$${name}`] = value;
    for (const name of Object.keys(columns[record.stream]))bindings[`$${name}`] = sqlValue(typed[name]);
    return bindings;
}
const sqlValue = (value)=>typeof value === 'boolean' ? Number(value) : value ?? null;
/** The part of a stream that a page is of, in the order in which it is listed. */ function partOf(stream, { from, to, after }) {
    const day = happened[stream];
    if (day === undefined) return {
        where: [],
        bindings: {}
    };
    const where = [
        ...from === undefined ? [] : [
            `"${day}" >= $from`
        ],
        ...to === undefined ? [] : [
            `"${day}" < $to`
        ],
        ...after === undefined ? [] : [
            laterSql(day)
        ]
    ];
    const place = after === undefined ? {} : {
        $on: after.on,
        $afterConnection: after.connection,
        $afterKey: after.key
    };
    const bounds = {
        ...from === undefined ? {} : {
            $from: from
        },
        ...to === undefined ? {} : {
            $to: to
        }
    };
    return {
        where,
        bindings: {
            ...bounds,
            ...place
        }
    };
}
function condition(filter) {
    const { tenant, user, provider, connection } = filter;
    const given = Object.entries({
        tenant,
        user,
        provider,
        connection
    }).filter((entry)=>entry[1] !== undefined);
    return {
        where: given.map(([name])=>`"${name}" = $${name}`).join(' AND '),
        bindings: Object.fromEntries(given.map(([name, value])=>[
                `$${name}`,
                value
            ]))
    };
}

//# sourceMappingURL=sqlite-sink.js.map