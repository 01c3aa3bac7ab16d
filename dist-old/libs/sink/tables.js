import { columns, happened, streams } from './columns.js';
const sqlTypes = {
    text: 'TEXT',
    integer: 'INTEGER',
    real: 'REAL',
    boolean: 'INTEGER'
};
const quoted = (name)=>`"${name}"`;
const namesOf = (stream)=>Object.keys(columns[stream]);
/** What each stream is listed by. */ const orders = {
    subscriptions: '"provider", "connection", "key"',
    charges: '"occurred_on" DESC, "connection", "key"',
    usage: '"occurred_at" DESC, "connection", "key"'
};
/** One table per stream. A column added to `columns.ts` later is added to existing tables by {@link missingColumns}. */ export const schema = streams.map((stream)=>`
  CREATE TABLE IF NOT EXISTS ${quoted(stream)} (
    "tenant" TEXT NOT NULL,
    "connection" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "user" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "connector" TEXT NOT NULL,
    ${Object.entries(columns[stream]).map(([name, type])=>`${quoted(name)} ${sqlTypes[type]},`).join('\n    ')}
    "extra" TEXT NOT NULL DEFAULT '{}',
    "first_seen" INTEGER NOT NULL,
    "last_seen" INTEGER NOT NULL,
    "gone_since" INTEGER,
    PRIMARY KEY ("tenant", "connection", "key")
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS "${stream}_by_user" ON ${quoted(stream)} ("tenant", "user");`);
export const missingColumns = (stream, present)=>[
        ...Object.entries(columns[stream]),
        [
            'gone_since',
            'integer'
        ]
    ].filter(([name])=>!present.has(name)).map(([name, type])=>`ALTER TABLE ${quoted(stream)} ADD COLUMN ${quoted(name)} ${sqlTypes[type]}`);
const OWN = [
    'tenant',
    'connection',
    'key',
    'user',
    'provider',
    'connector'
];
export const usersSql = 'SELECT DISTINCT "user" FROM "subscriptions" WHERE "tenant" = $tenant AND "user" > $after ORDER BY "user" LIMIT $limit';
/** Inserts, or does nothing where the key exists: so that inserts and updates can be told apart. */ export function insertSql(stream) {
    const names = [
        ...OWN,
        ...namesOf(stream),
        'extra',
        'first_seen',
        'last_seen'
    ];
    const values = names.map((name)=>name === 'first_seen' || name === 'last_seen' ? '$at' : columns[stream][name] === 'text' ? `NULLIF($${name}, '')` : `$${name}`);
    return `INSERT INTO ${quoted(stream)} (${names.map(quoted).join(', ')}) VALUES (${values.join(', ')}) ON CONFLICT DO NOTHING`;
}
/**
 * A null keeps what is there, an empty text clears it, and what is the truth of an earlier day only fills gaps (`as_of`, compared as
 * texts: dates and instants of one provider have one form). `json_patch` would delete by null, but `extra` holds none. Time never
 * goes back, and what was told before a row was withdrawn does not bring it back.
 */ export function updateSql(stream) {
    const names = namesOf(stream);
    const older = names.includes('as_of') ? '"as_of" > $as_of' : '0';
    const newest = (name)=>`COALESCE($${name}, ${quoted(name)})`;
    const known = (name)=>columns[stream][name] === 'text' ? `NULLIF(${newest(name)}, '')` : newest(name);
    const typed = names.map((name)=>`${quoted(name)} = IIF(${older}, COALESCE(${quoted(name)}, NULLIF($${name}, '')), ${known(name)})`);
    const own = [
        'user',
        'provider',
        'connector'
    ].map((name)=>`${quoted(name)} = $${name}`);
    const rest = [
        `"extra" = IIF(${older}, json_patch($extra, "extra"), json_patch("extra", $extra))`,
        '"last_seen" = MAX("last_seen", $at)',
        '"gone_since" = IIF("gone_since" > $at, "gone_since", NULL)'
    ];
    return `UPDATE ${quoted(stream)} SET ${[
        ...own,
        ...typed,
        ...rest
    ].join(', ')} WHERE "tenant" = $tenant AND "connection" = $connection AND "key" = $key`;
}
/** A subscription that is gone is told of, with since when. */ const listed = (stream)=>stream === 'subscriptions' ? '' : ' AND "gone_since" IS NULL';
/** `$until`: the first key that does not begin like `$within`. */ export function withdrawSql(stream) {
    const day = happened[stream];
    const since = day === undefined ? '' : ` AND ($from IS NULL OR ${quoted(day)} >= $from)`;
    return `UPDATE ${quoted(stream)} SET "gone_since" = $at WHERE "tenant" = $tenant AND "connection" = $connection
    AND "key" >= $within AND "key" < COALESCE($until, x'') AND "last_seen" < $before AND "gone_since" IS NULL${since}`;
}
/** What is listed after a place: on an earlier day, or on that one further on. */ export const laterSql = (day)=>`(COALESCE("${day}", '') < $on OR (COALESCE("${day}", '') = $on AND ("connection", "key") > ($afterConnection, $afterKey)))`;
export const selectSql = (stream, where)=>`SELECT * FROM ${quoted(stream)} WHERE ${where}${listed(stream)} ORDER BY ${orders[stream]} LIMIT $limit`;
export const countSql = (stream, where)=>`SELECT COUNT(*) AS "rows" FROM ${quoted(stream)} WHERE ${where}${listed(stream)}`;
export const forgetSql = (stream)=>`DELETE FROM ${quoted(stream)} WHERE "tenant" = $tenant AND "connection" = $connection`;

//# sourceMappingURL=tables.js.map