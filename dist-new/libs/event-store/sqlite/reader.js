import { DatabaseSync } from 'node:sqlite';
import { corruptEvent } from '../port/index.js';
import { missingEvent, readFailure } from './failures.js';
import { eventChecksum, snapshotChecksum, uuidFromHex } from './row-format.js';
/** Room for the inner pages of the indices over some millions of streams; filled as they are met. */ const CACHE_KIB = 64 * 1024;
/** As a number whatever a damaged row says, so that it is in one of the ranges; a whole one is as it is. */ const streamNumber = 'coalesce(cast(e.stream_id AS REAL), 0)';
const columns = 'e.position, e.revision, lower(hex(e.id)), e.type, e.data, e.metadata, e.checksum';
const ofStream = `SELECT ${columns}, s.name FROM streams s JOIN events e ON e.stream_id = s.id WHERE s.name = ?`;
/** Throws rather than give an event that is not what was written. The stream's name is part of the sum. */ function verify([position, revision, id, type, data, metadata, checksum, stream]) {
    const uuid = uuidFromHex(id);
    if (eventChecksum({
        position,
        stream,
        revision
    }, uuid, type, data, metadata) === checksum) return uuid;
    throw corruptEvent(stream, revision, position);
}
const recorded = (uuid, [position, revision, , type, data, metadata, , stream])=>({
        id: uuid,
        type,
        data: JSON.parse(data),
        metadata: JSON.parse(metadata),
        stream,
        revision,
        position
    });
/**
 * A connection that only reads. Every read is short and whole (`all`, never an iterator): an open read would keep the
 * WAL from being emptied.
 */ export class Reader {
    #db;
    #all;
    #share;
    #streams;
    #forwards;
    #backwards;
    #snapshot;
    constructor(path){
        this.#db = new DatabaseSync(path, {
            readOnly: true,
            timeout: 2_000
        });
        this.#db.exec(`PRAGMA cache_size = -${CACHE_KIB}`);
        const prepare = (sql)=>{
            const statement = this.#db.prepare(sql);
            statement.setReturnArrays(true);
            return statement;
        };
        this.#all = prepare(`SELECT ${columns}, s.name FROM events e LEFT JOIN streams s ON s.id = e.stream_id WHERE e.position > ? AND e.position <= ? ORDER BY e.position LIMIT ?`);
        this.#share = prepare(`SELECT ${columns}, s.name FROM events e LEFT JOIN streams s ON s.id = e.stream_id
       WHERE e.position > ? AND e.position <= ? AND ${streamNumber} > ? AND ${streamNumber} <= ? ORDER BY e.position LIMIT ?`);
        this.#streams = this.#db.prepare(`SELECT ${streamNumber} AS number FROM events e WHERE position <= ? ORDER BY stream_id LIMIT 1 OFFSET ?`);
        this.#forwards = prepare(`${ofStream} AND e.revision >= ? ORDER BY e.revision LIMIT ?`);
        this.#backwards = prepare(`${ofStream} AND e.revision <= ? ORDER BY e.revision DESC LIMIT ?`);
        this.#snapshot = this.#db.prepare('SELECT n.revision, n.version, n.state, n.checksum FROM streams s JOIN snapshots n ON n.stream_id = s.id WHERE s.name = ?');
    }
    /**
   * Considers at most `rows` events after a position, up to `upTo`, and gives at most `limit` of those kept. Sums are
   * verified before anything is left out: a damaged row may say that it belongs to another stream.
   */ page({ after, upTo, rows, limit }, keep) {
        const found = this.#rows(this.#all, after, upTo, rows);
        const events = [];
        let position = after;
        for (const row of found){
            // Positions of this adapter have no gaps: one that is not there was lost.
            if (row[0] !== position + 1) throw missingEvent(`at position ${position + 1}`);
            const uuid = verify(row);
            if (keep(row[7])) {
                if (events.length === limit) return {
                    events,
                    position
                };
                events.push(recorded(uuid, row));
            }
            position = row[0];
        }
        if (found.length < rows && position < upTo) throw missingEvent(`at position ${position + 1}`);
        return {
            events,
            position
        };
    }
    /** At most `rows` events of streams whose numbers are in a range. */ share({ above, to }, { after, upTo, rows }) {
        return this.#rows(this.#share, after, upTo, above, to, rows).map((row)=>recorded(verify(row), row));
    }
    /**
   * The streams that have the `nth` of so many parts of all events up to a position, the oldest streams first: their rows
   * lie together, and those of the next share come after them. Whatever a damaged row says, it is of one of the ranges.
   */ range({ nth, of }, upTo) {
        const cut = (share)=>{
            if (share === 0) return -Infinity;
            const found = share === of ? undefined : this.#streams.get(upTo, Math.floor(upTo * share / of));
            return Number(found?.['number'] ?? Infinity);
        };
        return {
            above: cut(nth),
            to: cut(nth + 1)
        };
    }
    /** The position of the newest event; 0: there is none. */ head() {
        return Number(this.#db.prepare('SELECT max(position) AS head FROM events').get()?.['head'] ?? 0);
    }
    /** Throws when a position up to `upTo` has no event: for those who read shares, and cannot see it. */ assertWhole(upTo) {
        const count = this.#db.prepare('SELECT count(*) AS n FROM events WHERE position <= ?').get(upTo)?.['n'];
        if (count === upTo) return;
        const next = 'SELECT 1 FROM events n WHERE n.position = e.position + 1';
        const gap = `SELECT min(e.position) + 1 AS at FROM (SELECT 0 AS position UNION ALL SELECT position FROM events) e WHERE NOT EXISTS (${next})`;
        throw missingEvent(`at position ${String(this.#db.prepare(gap).get()?.['at'])}`);
    }
    /** At most `limit` events from a revision on, in the direction asked for. */ stream(name, from, limit, backwards) {
        const rows = this.#rows(backwards ? this.#backwards : this.#forwards, name, from, limit);
        const step = backwards ? -1 : 1;
        let revision = backwards ? rows[0]?.[1] ?? 0 : from;
        return rows.map((row)=>{
            if (row[1] !== revision) throw missingEvent(`at revision ${revision} of ${name}`);
            revision += step;
            return recorded(verify(row), row);
        });
    }
    /** A damaged snapshot is as good as none. */ snapshot(stream) {
        try {
            const row = this.#snapshot.get(stream);
            if (row === undefined) return undefined;
            const [revision, version, state] = [
                Number(row['revision']),
                Number(row['version']),
                String(row['state'])
            ];
            if (snapshotChecksum(stream, revision, version, state) !== row['checksum']) return undefined;
            return {
                revision,
                version,
                state: JSON.parse(state)
            };
        } catch (error) {
            throw readFailure(error);
        }
    }
    close() {
        this.#db.close();
    }
    #rows(statement, ...values) {
        try {
            return statement.all(...values);
        } catch (error) {
            throw readFailure(error);
        }
    }
}

//# sourceMappingURL=reader.js.map