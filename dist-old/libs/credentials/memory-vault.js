import { plaintext } from './sealing.js';
/** The vault for tests and simulation: the same rules, nothing encrypted, gone with the process. */ export class MemoryVault {
    #records;
    async read(owner) {
        const found = this.#records.get(keyOf(owner));
        return found?.secrets === undefined ? undefined : {
            secrets: {
                ...found.secrets
            },
            version: found.version
        };
    }
    async write(owner, secrets, expected) {
        plaintext(secrets);
        const found = this.#records.get(keyOf(owner));
        if ((found?.secrets === undefined ? 0 : found.version) !== expected) return undefined;
        const version = (found?.version ?? 0) + 1;
        this.#records.set(keyOf(owner), {
            secrets: {
                ...secrets
            },
            version
        });
        return version;
    }
    async remove(owner) {
        const found = this.#records.get(keyOf(owner));
        if (found !== undefined) this.#records.set(keyOf(owner), {
            secrets: undefined,
            version: found.version
        });
    }
    constructor(){
        this.#records = new Map();
    }
}
const keyOf = (owner)=>JSON.stringify([
        owner.tenant,
        owner.connection
    ]);

//# sourceMappingURL=memory-vault.js.map