import { createHash, timingSafeEqual } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { apiKeysFile } from '#lib/contracts/api';
import { ConfigurationError } from '#lib/wiring';
/** The file of keys is looked at no more often: a key that is taken out of it is refused from then on. */ const LOOK_AGAIN = 1_000;
const digestOf = (text)=>createHash('sha256').update(text).digest();
/** As good as random: who guesses keys learns nothing from how long it takes to find one by it. */ const place = (digest)=>digest.toString('hex', 0, 8);
const entry = (key, digest)=>[
        place(digest),
        {
            key,
            digest
        }
    ];
/** Keys of `SYNCOPATE_API_KEYS` may do everything, and are told by the beginning of their digest. */ const plain = (text)=>{
    const digest = digestOf(text);
    return entry({
        name: place(digest).slice(0, 8),
        role: 'operate',
        tenant: 'default'
    }, digest);
};
/** @throws {ConfigurationError} naming what is wrong with it, never a digest. */ export function readKeys(path) {
    const refuse = (why)=>{
        throw new ConfigurationError(`SYNCOPATE_API_KEYS_FILE=${path}: ${why}`);
    };
    const text = (()=>{
        try {
            return readFileSync(path, 'utf8');
        } catch (error) {
            return refuse(`cannot be read (${error.code ?? 'unknown'})`);
        }
    })();
    const json = (()=>{
        try {
            return JSON.parse(text);
        } catch  {
            return refuse('is not valid JSON: {"keys": [{"name": …, "sha256": …, "role": …}]}');
        }
    })();
    const parsed = apiKeysFile.safeParse(json);
    return parsed.success ? parsed.data.keys : refuse(`is not valid\n${z.prettifyError(parsed.error)}`);
}
/** Tells one state of the file from another without reading it. */ function stateOf(path) {
    try {
        const { ino, mtimeMs, size } = statSync(path);
        return `${ino} ${mtimeMs} ${size}`;
    } catch (error) {
        return error.code ?? 'unknown';
    }
}
/** Who may ask. Keys of the file come and go with it; a file that cannot be read leaves those that were. */ export class KeyRing {
    #plain;
    #entries;
    #state;
    #stale;
    #looked;
    /** @throws {ConfigurationError} for a file that cannot be read, the first time. */ constructor(options){
        this.options = options;
        this.#state = '';
        this.#stale = false;
        this.#looked = -Infinity;
        /** By name, epoch milliseconds. */ this.lastUsed = new Map();
        this.#plain = options.keys.map(plain);
        this.#entries = new Map(this.#plain);
        const { file } = options;
        if (file === undefined) return;
        this.#read(file, stateOf(file));
        if (this.#entries.size === 0) throw new ConfigurationError(`SYNCOPATE_API_KEYS_FILE=${file}: has no keys: nobody could ask`);
    }
    /** Whether the file of keys is one that cannot be read, and keys are those of before. */ get stale() {
        return this.#stale;
    }
    /** No keys are asked for. */ get open() {
        return this.options.keys.length === 0 && this.options.file === undefined;
    }
    *keys() {
        for (const { key } of this.#entries.values())yield key;
    }
    /** Whose key it is; one that has ended is found too. */ find(offered) {
        this.#look();
        const digest = digestOf(offered);
        const found = this.#entries.get(place(digest));
        if (found === undefined || !timingSafeEqual(found.digest, digest)) return undefined;
        this.lastUsed.set(found.key.name, this.options.clock.now());
        return found.key;
    }
    #look() {
        const { file, clock, log } = this.options;
        if (file === undefined || clock.monotonic() - this.#looked < LOOK_AGAIN) return;
        this.#looked = clock.monotonic();
        const state = stateOf(file);
        if (state === this.#state) return;
        try {
            this.#read(file, state);
            log('info', 'API keys read anew', {
                keys: this.#entries.size
            });
        } catch (error) {
            this.#state = state;
            this.#stale = true;
            log('error', 'API keys are those of before: their file cannot be read', {
                error
            });
        }
    }
    #read(file, state) {
        const read = readKeys(file).map(({ sha256, ...key })=>entry(key, Buffer.from(sha256, 'hex')));
        const taken = read.find(([, { key }])=>this.#plain.some(([, plainOne])=>plainOne.key.name === key.name));
        if (taken !== undefined) throw new ConfigurationError(`SYNCOPATE_API_KEYS_FILE=${file}: "${taken[1].key.name}" is what a key of SYNCOPATE_API_KEYS is told by: take another name`);
        this.#entries = new Map([
            ...this.#plain,
            ...read
        ]);
        this.#state = state;
        this.#stale = false;
    }
}
/** For alerts on keys that are about to end, and for finding those that nobody uses. */ export function tellKeys(telemetry, ring) {
    telemetry.gauge('syncopate_api_keys_file_unreadable', '1 while the file of API keys cannot be read: keys that were taken out of it hold', ()=>Number(ring.stale));
    telemetry.gaugeBy('syncopate_api_key_last_used_timestamp_seconds', 'When each API key was last sent to this process', 'key', function*() {
        for (const [name, at] of ring.lastUsed)yield [
            name,
            at / 1_000
        ];
    });
    telemetry.gaugeBy('syncopate_api_key_expires_timestamp_seconds', 'When each API key that ends does so', 'key', function*() {
        for (const { name, expiresAt } of ring.keys())if (expiresAt !== undefined) yield [
            name,
            expiresAt / 1_000
        ];
    });
}

//# sourceMappingURL=key-ring.js.map