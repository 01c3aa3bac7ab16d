import { HOUR, MINUTE, SECOND } from '#lib/domain/kernel';
const breaker = {
    failures: 10,
    openMs: 30 * SECOND,
    maxOpenMs: 30 * MINUTE
};
/** Everything that has no entry of its own. */ const anyProvider = {
    limits: {
        concurrency: 50,
        userConcurrency: 5,
        breaker
    },
    minimumInterval: MINUTE
};
/**
 * Ours, not the providers' own figures: they publish none. Spotify counts requests in a rolling 30 s window per
 * developer account; OpenAI's cost endpoints are read by day; the file routes cost the provider nothing.
 */ const known = [
    {
        id: 'netflix',
        name: 'Netflix',
        limits: {
            concurrency: 4,
            userConcurrency: 1,
            breaker
        },
        minimumInterval: 15 * MINUTE
    },
    {
        id: 'spotify',
        name: 'Spotify',
        limits: {
            concurrency: 2,
            userConcurrency: 1,
            rate: {
                starts: 20,
                perMs: 30 * SECOND
            },
            breaker
        },
        minimumInterval: 15 * MINUTE
    },
    {
        id: 'chatgpt',
        name: 'ChatGPT (OpenAI)',
        limits: {
            concurrency: 2,
            userConcurrency: 1,
            rate: {
                starts: 10,
                perMs: MINUTE
            },
            breaker
        },
        minimumInterval: HOUR
    },
    {
        id: 'amazon_prime',
        name: 'Amazon Prime',
        limits: {
            concurrency: 4,
            userConcurrency: 1,
            breaker
        },
        minimumInterval: 15 * MINUTE
    }
];
const aliases = {
    openai: 'chatgpt',
    'amazon-prime': 'amazon_prime',
    prime: 'amazon_prime'
};
/** The name under which a provider is known: `openai` is `chatgpt`. */ export const canonicalProvider = (id)=>Object.hasOwn(aliases, id) ? aliases[id] ?? id : id;
export const providerEntry = (id)=>known.find((entry)=>entry.id === id) ?? {
        id,
        name: id,
        ...anyProvider
    };
export const knownProviders = known.map((entry)=>entry.id);
/** The limits in force: those last set, else the defaults. */ export const limitsOf = (id, state)=>state?.limits ?? providerEntry(id).limits;

//# sourceMappingURL=catalogue.js.map