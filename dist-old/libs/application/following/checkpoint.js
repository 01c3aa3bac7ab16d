import { isEventStoreError } from '#lib/event-store/port';
/**
 * How far somebody has come in the log, kept beside it. One that is too old, or that is missing, only means that some of
 * the log is shown again.
 */ export class Checkpoint {
    constructor(store, name, /** Of the state's shape: what was kept under another one is as good as missing. */ version = 1){
        this.store = store;
        this.name = name;
        this.version = version;
    }
    async read() {
        const snapshot = await this.store.readSnapshot(`checkpoint-${this.name}`);
        return snapshot?.version === this.version ? snapshot.state : undefined;
    }
    /** Whether it was kept: where the store is away, the one before stays. */ async keep(state) {
        try {
            const snapshot = {
                revision: 0,
                version: this.version,
                state
            };
            await this.store.writeSnapshot(`checkpoint-${this.name}`, snapshot);
            return true;
        } catch (error) {
            if (!isEventStoreError(error)) throw error;
            return false;
        }
    }
}

//# sourceMappingURL=checkpoint.js.map