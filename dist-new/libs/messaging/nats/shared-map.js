import { jetstream, StorageType } from '@nats-io/jetstream';
import { Kvm } from '@nats-io/kv';
const TIMEOUT = 5_000;
/**
 * A KV bucket on disk, for what schedulers must share and the log may not hold. One that is gone (JetStream's files were
 * lost, or put back from before it was made) is made again, empty.
 */ export class NatsMap {
    #kv;
    constructor(nc, bucket, replicas){
        this.nc = nc;
        this.bucket = bucket;
        this.replicas = replicas;
    }
    async read(key) {
        // Once more after a failure: the bucket may be gone, and is made anew then.
        const get = ()=>this.#with((kv)=>kv.get(key));
        const entry = await get().catch(get);
        return entry === null || entry.operation !== 'PUT' ? undefined : {
            value: entry.string(),
            revision: entry.revision
        };
    }
    async write(key, value, revision) {
        try {
            await this.#with((kv)=>revision === 0 ? kv.create(key, value) : kv.update(key, value, revision));
            return true;
        } catch (error) {
            if (isConflict(error)) return false;
            throw error;
        }
    }
    /** After a failure the next one opens the bucket anew. A write is not repeated: what became of it is not known. */ async #with(work) {
        try {
            return await work(await this.#open());
        } catch (error) {
            if (!isConflict(error)) this.#kv = undefined;
            throw error;
        }
    }
    #open() {
        this.#kv ??= new Kvm(jetstream(this.nc, {
            timeout: TIMEOUT
        })).create(this.bucket, {
            history: 1,
            storage: StorageType.File,
            replicas: this.replicas
        });
        this.#kv.catch(()=>this.#kv = undefined);
        return this.#kv;
    }
}
/** Wrong last sequence: someone else wrote first. */ export const isConflict = (error)=>error instanceof Error && (error.code === 10_071 || /wrong last sequence/.test(error.message));

//# sourceMappingURL=shared-map.js.map