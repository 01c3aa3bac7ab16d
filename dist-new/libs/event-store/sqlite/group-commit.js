// Loaded by the writer's thread as it stands, without a build: only node: imports, only erasable types.
export const SEPARATOR = '\0';
const partsOf = (text)=>text === '' ? [] : text.split(SEPARATOR);
/** Each append answers with three numbers: one of these, then the revision and the position of its last event. */ export const APPENDED = 0;
/** It was stored before; answered like the first time. */ export const REPEATED = 1;
/** The second number is the stream's revision, the third means nothing. */ export const CONFLICT = 2;
/** Its rows are damaged; the other appends of the group are not concerned. */ export const DAMAGED = 3;
export const NUMBERS_PER_ANSWER = 3;
const HEADER = 3;
const PARTS_PER_EVENT = 4;
const PARTS_PER_SNAPSHOT = 4;
/** Streams whose revision is remembered: two generations of this many. */ const GENERATION = 100_000;
/** SQLITE_CORRUPT and SQLITE_CONSTRAINT: one damaged stream, not the disk. */ const isDamage = (error)=>[
        11,
        19
    ].includes(Number(error.errcode) & 0xff);
/** Everything that came in while the last commit ran, in one transaction with one fsync. */ export class GroupCommit {
    #db;
    #format;
    #rows;
    #run;
    #young;
    #old;
    #head;
    constructor(db, format, rows){
        this.#young = new Map();
        this.#old = new Map();
        this.#db = db;
        this.#format = format;
        this.#rows = rows;
        this.#run = {
            begin: db.prepare('BEGIN IMMEDIATE'),
            commit: db.prepare('COMMIT'),
            find: db.prepare('SELECT id, coalesce((SELECT max(revision) FROM events WHERE stream_id = streams.id), -1) AS revision FROM streams WHERE name = ?'),
            create: db.prepare('INSERT INTO streams (name) VALUES (?)'),
            createUnlessThere: db.prepare('INSERT INTO streams (name) VALUES (?) ON CONFLICT DO NOTHING'),
            stored: db.prepare('SELECT id, position FROM events WHERE stream_id = ? AND revision > ? AND revision <= ? ORDER BY revision'),
            snapshot: db.prepare('INSERT OR REPLACE INTO snapshots VALUES (?, ?, ?, ?, ?)')
        };
        this.#head = Number(db.prepare('SELECT max(position) AS head FROM events').get()?.['head'] ?? 0);
    }
    get head() {
        return this.#head;
    }
    /** All or nothing; a conflict or a repeat is an answer, not a failure. */ commit(group) {
        const parts = partsOf(group.appends);
        const snapshots = partsOf(group.snapshots);
        const appends = appendsOf(parts);
        const answers = new Float64Array(appends.length * NUMBERS_PER_ANSWER);
        try {
            this.#transaction(()=>{
                for (const [index, append] of appends.entries())this.#append(parts, append, answers, index);
                this.#writeSnapshots(snapshots);
            });
        } catch (error) {
            if (!isDamage(error) || appends.length === 0) throw error;
            const before = this.#head;
            try {
                this.#commitSingly(parts, appends, answers);
                this.#transaction(()=>this.#writeSnapshots(snapshots));
            } catch (failure) {
                if (this.#head === before) throw failure;
                throw Object.assign(failure, {
                    partly: true
                });
            }
        }
        return answers;
    }
    /** One damaged stream must not keep the others from going on: each append gets a transaction of its own. */ #commitSingly(parts, appends, answers) {
        for (const [index, append] of appends.entries()){
            try {
                this.#transaction(()=>this.#append(parts, append, answers, index));
            } catch (error) {
                if (!isDamage(error)) throw error;
                answers[index * NUMBERS_PER_ANSWER] = DAMAGED;
            }
        }
    }
    #transaction(work) {
        const head = this.#head;
        this.#run.begin.run();
        try {
            work();
            this.#rows.insertRest();
            this.#run.commit.run();
            this.#rows.forget();
        } catch (error) {
            // What is remembered may never have been stored. Positions of a rolled-back group were never handed out.
            this.#young.clear();
            this.#old.clear();
            this.#head = head;
            this.#rows.forget();
            if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
            throw error;
        }
    }
    #append(parts, append, answers, index) {
        const known = this.#stream(append.stream, append.expected === -1);
        const at = index * NUMBERS_PER_ANSWER;
        if (known.revision === append.expected) {
            this.#insert(parts, append, known);
            answers.set([
                APPENDED,
                known.revision,
                this.#head
            ], at);
            return;
        }
        const position = this.#repeats(parts, append, known);
        answers.set(position === undefined ? [
            CONFLICT,
            known.revision,
            0
        ] : [
            REPEATED,
            append.expected + append.count,
            position
        ], at);
    }
    #insert(parts, { stream, count, first }, known) {
        if (known.id === 0) known.id = Number(this.#run.create.run(stream).lastInsertRowid);
        for(let at = first; at < first + count * PARTS_PER_EVENT; at += PARTS_PER_EVENT){
            known.revision += 1;
            this.#head += 1;
            this.#rows.add({
                position: this.#head,
                stream,
                streamId: known.id,
                revision: known.revision
            }, String(parts[at]), String(parts[at + 1]), String(parts[at + 2]), String(parts[at + 3]));
        }
    }
    /** The position of the last event, when exactly these events are stored at these revisions already. */ #repeats(parts, { expected, count, first }, known) {
        if (known.revision < expected + count) return undefined;
        this.#rows.insertRest();
        const rows = this.#run.stored.all(known.id, expected, expected + count);
        const same = rows.every(({ id }, index)=>this.#format.uuidFromBytes(id) === parts[first + index * PARTS_PER_EVENT]);
        return same && rows.length === count ? Number(rows.at(-1)?.['position']) : undefined;
    }
    #writeSnapshots(parts) {
        for(let at = 0; at < parts.length; at += PARTS_PER_SNAPSHOT){
            const [name, revision, version, state] = [
                String(parts[at]),
                Number(parts[at + 1]),
                Number(parts[at + 2]),
                String(parts[at + 3])
            ];
            const known = this.#stream(name);
            if (known.id === 0) known.id = Number(this.#run.create.run(name).lastInsertRowid);
            this.#run.snapshot.run(known.id, revision, version, state, this.#format.snapshotChecksum(name, revision, version, state));
        }
    }
    /** Remembered in two generations, which costs less than keeping an order of use: what is used moves to the young one. */ #stream(name, isNew = false) {
        const young = this.#young.get(name);
        if (young !== undefined) return young;
        const known = this.#old.get(name) ?? this.#lookUp(name, isNew);
        if (this.#young.size >= GENERATION) {
            this.#old = this.#young;
            this.#young = new Map();
        }
        this.#young.set(known.name, known);
        return known;
    }
    /** One that is said to be new is made at once. The name is copied: a part of a message keeps the whole message in memory. */ #lookUp(part, isNew) {
        const name = Buffer.from(part).toString();
        if (isNew) {
            const { changes, lastInsertRowid } = this.#run.createUnlessThere.run(name);
            if (changes === 1) return {
                name,
                id: Number(lastInsertRowid),
                revision: -1
            };
        }
        this.#rows.insertRest();
        const row = this.#run.find.get(name);
        return row === undefined ? {
            name,
            id: 0,
            revision: -1
        } : {
            name,
            id: Number(row['id']),
            revision: Number(row['revision'])
        };
    }
}
function part(parts, at) {
    const text = parts[at];
    if (text === undefined) throw new Error(`a group of ${parts.length} parts has no part ${at}`);
    return text;
}
function appendsOf(parts) {
    const appends = [];
    for(let at = 0; at < parts.length;){
        const append = {
            stream: part(parts, at),
            expected: Number(parts[at + 1]),
            count: Number(parts[at + 2]),
            first: at + HEADER
        };
        appends.push(append);
        at = append.first + append.count * PARTS_PER_EVENT;
    }
    return appends;
}

//# sourceMappingURL=group-commit.js.map