import { decodeEvent } from '#lib/contracts/events';
const RECENT_KEPT = 32;
const PAGE = 500;
/** A stream's state in memory. Touched only by whoever holds the stream's mailbox. */ export class Actor {
    constructor(aggregate, stream){
        this.aggregate = aggregate;
        this.stream = stream;
        this.revision = -1;
        this.recent = [];
        /** Events since the last snapshot, written or read. */ this.sinceSnapshot = 0;
        this.loaded = false;
        this.state = aggregate.decider.initialState;
    }
    /** Brings the state up to the stream's end: from the snapshot when there is no state yet, then the tail. */ async load(store) {
        if (!this.loaded) await this.#fromSnapshot(store);
        for(;;){
            const events = await store.readStream(this.stream, {
                from: this.revision + 1,
                limit: PAGE
            });
            for (const event of events)this.apply(event);
            if (events.length < PAGE) break;
        }
        this.loaded = true;
    }
    async #fromSnapshot(store) {
        const snapshot = await store.readSnapshot(this.stream);
        if (snapshot?.version !== this.aggregate.snapshotVersion) return;
        const { state, recent, tenant } = snapshot.state;
        this.state = state;
        this.tenant = tenant;
        this.recent = recent;
        this.revision = snapshot.revision;
    }
    apply(recorded) {
        const event = decodeEvent(recorded);
        if (event !== undefined) {
            this.state = this.aggregate.decider.evolve(this.state, event, recorded.metadata.at);
        }
        const { command, fingerprint } = recorded.metadata;
        if (command !== undefined && fingerprint !== undefined) {
            this.remember({
                key: command,
                fingerprint,
                revision: recorded.revision,
                position: recorded.position
            });
        }
        this.tenant ??= recorded.metadata.tenant;
        this.revision = recorded.revision;
        this.sinceSnapshot += 1;
    }
    remember(command) {
        this.recent = [
            ...this.recent.filter((known)=>known.key !== command.key),
            command
        ].slice(-RECENT_KEPT);
    }
    /** What another process appended, if it is the next event: saves reading it. Older ones change nothing. */ follow(recorded) {
        if (!this.loaded || recorded.revision <= this.revision) return;
        if (recorded.revision === this.revision + 1) this.apply(recorded);
        else this.forget();
    }
    /** Nothing is known any more: the next command reads the stream again. */ forget() {
        this.state = this.aggregate.decider.initialState;
        this.revision = -1;
        this.recent = [];
        this.tenant = undefined;
        this.loaded = false;
    }
    async writeSnapshot(store) {
        this.sinceSnapshot = 0;
        const { state, recent, tenant, revision } = this;
        await store.writeSnapshot(this.stream, {
            revision,
            version: this.aggregate.snapshotVersion,
            state: {
                state,
                recent,
                tenant
            }
        });
    }
}

//# sourceMappingURL=actor.js.map