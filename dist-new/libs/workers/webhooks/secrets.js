import { isUnreadable } from '#lib/ports';
import { newSecret } from './sign.js';
/** No connection is called so: their names have no slash. */ const ownerOf = ({ tenant, webhook })=>({
        tenant,
        connection: `webhook/${webhook}`
    });
/** Somebody else writes at the same time. */ const TRIES = 5;
/** Secrets that hold beside the present one; each signs every message. */ const MOST_PREVIOUS = 4;
/** What endpoints verify by, in the vault: one secret each, and for a while after a rotation the one before. */ export class WebhookSecrets {
    constructor(vault){
        this.vault = vault;
    }
    /** The secret of an endpoint; made where it has none yet. */ ensure(owner) {
        return this.#change(owner, ({ current })=>current === undefined ? {
                current: newSecret()
            } : current);
    }
    /**
   * A new secret. The one before goes on to be signed with until then, and those before that for as long as they were
   * to. `request`: asked again under the same name, it answers what it answered then.
   */ rotate(owner, previousUntil, request) {
        return this.#change(owner, ({ current, previous, request: last })=>{
            if (current !== undefined && request !== undefined && request === last) return current;
            const before = current === undefined ? [] : [
                {
                    secret: current,
                    until: previousUntil
                }
            ];
            return {
                current: newSecret(),
                previous: [
                    ...before,
                    ...previous
                ].slice(0, MOST_PREVIOUS),
                request
            };
        });
    }
    /** The present secret, if that request made it; undefined: another one did since. */ async of(owner, request) {
        const { current, request: last } = await this.#read(owner);
        return request !== undefined && request === last ? current : undefined;
    }
    /** Those that hold at an instant, the newest first; none where the vault has lost them. */ async valid(owner, now) {
        const { current, previous } = await this.#read(owner);
        if (current === undefined) return [];
        return [
            current,
            ...previous.filter(({ until })=>now < until).map(({ secret })=>secret)
        ];
    }
    remove(owner) {
        return this.vault.remove(ownerOf(owner));
    }
    /** What cannot be read any more, because its key was lost, is none: a rotation makes a new one. */ async #read(owner) {
        try {
            const { secrets, version } = await this.vault.read(ownerOf(owner)) ?? {
                secrets: {},
                version: 0
            };
            const { current, previous = '[]', request } = secrets;
            return {
                current,
                previous: JSON.parse(previous),
                request,
                version
            };
        } catch (error) {
            if (!isUnreadable(error)) throw error;
            return {
                current: undefined,
                previous: [],
                request: undefined,
                version: LOST
            };
        }
    }
    /** Writes what follows from what is there; a text is what it is already. The present secret then. */ async #change(owner, next) {
        for(let tries = TRIES; tries > 0; tries -= 1){
            const kept = await this.#read(owner);
            const change = next(kept);
            if (typeof change === 'string') return change;
            const { current, previous = [], request } = change;
            const secrets = {
                current,
                ...previous.length === 0 ? {} : {
                    previous: JSON.stringify(previous)
                },
                ...request === undefined ? {} : {
                    request
                }
            };
            if (kept.version === LOST) await this.remove(owner);
            const written = await this.vault.write(ownerOf(owner), secrets, Math.max(0, kept.version));
            if (written !== undefined) return current;
        }
        throw new Error(`the vault changed ${TRIES} times while a secret was being written; try again`);
    }
}
/** In place of a version: there is something, and nobody can read it. */ const LOST = -1;

//# sourceMappingURL=secrets.js.map