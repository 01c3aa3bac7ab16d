import { z } from 'zod';
import { recordKey } from '../amazon-export/upload/index.js';
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}/);
/**
 * `Userdata.json`, as humandataincome/hudi-packages-connectors reads it. E-mail, birthdate, gender and phone are never
 * kept. No plan has been seen in it; the last names are there for the day that there is one.
 */ const userdata = z.object({
    username: z.string().min(1).max(200).nullish().catch(null),
    creationTime: date.nullish().catch(null),
    country: z.string().max(60).nullish().catch(null),
    product: z.string().max(100).nullish().catch(null),
    subscription: z.string().max(100).nullish().catch(null),
    plan: z.string().max(100).nullish().catch(null)
});
const KEPT = new Set(Object.keys(userdata.shape));
/** Gathers the members of `Userdata.json`. */ export class Account {
    #said;
    constructor(configured){
        this.configured = configured;
        this.#said = new Map();
    }
    /** Known once `Userdata.json` was read; blank where nobody says. */ get ref() {
        return this.configured === '' ? this.#facts()?.username ?? '' : this.configured;
    }
    add({ key, value }) {
        if (typeof key === 'number') return {
            bad: 'an object was expected'
        };
        if (KEPT.has(key)) this.#said.set(key, value);
        return 'nothing';
    }
    /** Undefined without an account to speak of. What the export does not tell is null and overwrites nothing. */ record() {
        const facts = this.#facts();
        if (facts === undefined || this.ref === '') return undefined;
        const raw = facts.product ?? facts.plan ?? facts.subscription ?? null;
        const plan = raw?.toLowerCase() ?? null;
        return {
            stream: 'subscriptions',
            key: recordKey(this.ref),
            data: {
                account_ref: this.ref,
                plan: plan === 'open' ? 'free' : plan,
                plan_raw: raw,
                status: raw === null ? null : 'active',
                account_created_on: facts.creationTime?.slice(0, 10) ?? null,
                country: facts.country ?? null,
                source: 'export',
                confidence: raw === null ? 'low' : 'medium'
            }
        };
    }
    #facts() {
        return this.#said.size === 0 ? undefined : userdata.parse(Object.fromEntries(this.#said));
    }
}

//# sourceMappingURL=account.js.map