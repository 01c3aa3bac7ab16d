import { decodeEvent } from '#lib/contracts/events';
import { compareReadModels, hashReadModel } from '../store/hash.js';
import { openCurrent, openFile, removeFile, replaceFile } from '../store/read-model-file.js';
import { layout } from '../store/rows.js';
import { Applier } from './applier.js';
import { FLUSH_ROWS, loadInShares, worthSharing } from './shares.js';
import { projectedStreams } from './runner.js';
const PAGE = 10_000;
const SLICE = 2_000;
/** Reads the log into a file that nobody uses yet. */ let Load = class Load {
    constructor(applier, options, head){
        this.applier = applier;
        this.options = options;
        this.head = head;
        this.events = 0;
        this.elapsedMs = 0;
        applier.beginLoad();
    }
    /** Up to and including a position. */ async upTo(target) {
        const started = this.options.environment.clock.monotonic();
        await this.#upTo(target);
        this.elapsedMs += this.options.environment.clock.monotonic() - started;
    }
    /** Makes the file as good as a live one. */ finish() {
        const started = this.options.environment.clock.monotonic();
        this.applier.createIndexes();
        this.applier.endLoad();
        this.elapsedMs += this.options.environment.clock.monotonic() - started;
    }
    async #upTo(target) {
        const { applier } = this;
        const { store, environment, onProgress, path, shares } = this.options;
        if (worthSharing(applier, target, shares)) this.events += await loadInShares(applier, {
            beside: `${path}.share`,
            upTo: target,
            loaders: shares,
            onPosition: (position)=>onProgress?.(position, this.head)
        });
        while(applier.applied < target){
            const page = await store.readAll(applier.applied, PAGE, projectedStreams);
            const beyond = page.findIndex((event)=>event.position > target);
            const length = beyond === -1 ? page.length : beyond;
            for(let from = 0; from < length; from += SLICE){
                applier.apply(page, from, Math.min(from + SLICE, length));
                await new Promise((resolve)=>environment.timers.soon(resolve));
            }
            this.events += length;
            if (applier.dirty >= FLUSH_ROWS) applier.flush();
            if (length < page.length || page.length === 0) break;
            onProgress?.(applier.applied, this.head);
        }
        applier.advance(target);
        applier.flush();
    }
};
/** Reads the live file as of one instant, whatever is written to it meanwhile. */ function snapshotOf(path) {
    const db = openCurrent(path, layout);
    if (db === undefined) return undefined;
    db.exec('BEGIN');
    return {
        db,
        hash: hashReadModel(db)
    };
}
/**
 * Builds the read model again from the log, beside the live one and up to the same position, and says whether they are
 * the same. The proof that the log is the only truth: what differs was a fault, and the new file is right. While it
 * runs the live file's WAL is held back by the open snapshot, and grows if it is written to.
 */ export async function rebuildReadModel(options) {
    const { path, store, environment, swap = false, decode = decodeEvent } = options;
    const started = environment.clock.monotonic();
    const beside = `${path}.rebuild`;
    removeFile(beside);
    const head = await store.head();
    const live = snapshotOf(path);
    const db = openFile(beside, layout);
    try {
        const load = new Load(new Applier(db, decode, ()=>environment.clock.now()), options, head);
        await load.upTo(live === undefined ? head : Math.min(live.hash.position, head));
        const rebuilt = hashReadModel(db);
        const differences = live === undefined ? [] : compareReadModels(live.db, db, [
            live.hash,
            rebuilt
        ]);
        live?.db.close();
        if (swap) {
            await load.upTo(head);
            load.finish();
        }
        const parked = Number(db.prepare('SELECT count(*) AS n FROM parked').get()?.['n']);
        db.close();
        if (swap) replaceFile(beside, path);
        const compared = live === undefined ? {} : {
            live: live.hash,
            equal: live.hash.sha256 === rebuilt.sha256
        };
        const elapsedMs = environment.clock.monotonic() - started;
        return {
            ...compared,
            rebuilt,
            differences,
            parked,
            events: load.events,
            loadMs: load.elapsedMs,
            elapsedMs,
            swapped: swap
        };
    } finally{
        if (live?.db.isOpen === true) live.db.close();
        if (db.isOpen) db.close();
        removeFile(beside);
    }
}

//# sourceMappingURL=rebuild.js.map