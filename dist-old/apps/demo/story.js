/** What the demo sets up: connections of four users and a schedule of every frequency, all through the API. */ export async function registerConnections(api, { grants, secrets }) {
    const told = [];
    for (const [user, refresh_token] of Object.entries(grants)){
        const credentials = {
            refresh_token,
            consented_at: new Date().toISOString()
        };
        const { status } = await api.put(`/v1/connections/${user}-spotify`, {
            user,
            provider: 'spotify',
            connector: 'spotify.webapi',
            credentials
        });
        told.push(`${status}  ${user}-spotify (spotify.webapi; the refresh token goes to the vault)`);
    }
    for (const [id, provider, connector, credentials] of [
        [
            'ann-openai',
            'chatgpt',
            'openai.org_costs',
            secrets.openai
        ],
        [
            'ann-bank',
            'bank',
            'bank.plaid',
            secrets.bank
        ]
    ]){
        const { status } = await api.put(`/v1/connections/${id}`, {
            user: 'ann',
            provider,
            connector,
            credentials
        });
        told.push(`${status}  ${id} (${connector}; its keys go to the vault)`);
    }
    for (const [user, provider, connector, file] of [
        [
            'ann',
            'netflix',
            'netflix.export',
            'ann-netflix.zip'
        ],
        [
            'bob',
            'netflix',
            'netflix.export',
            'bob-viewing.csv'
        ],
        [
            'cem',
            'netflix',
            'netflix.export',
            'cem-netflix.zip'
        ],
        [
            'ann',
            'chatgpt',
            'chatgpt.export',
            'ann-chatgpt.zip'
        ],
        [
            'cem',
            'amazon_prime',
            'amazon.export',
            'cem-amazon.zip'
        ]
    ]){
        const config = file.endsWith('.csv') ? {
            file,
            dateFormat: 'year-first'
        } : {
            file
        };
        const id = `${user}-${provider}`;
        const { status } = await api.put(`/v1/connections/${id}`, {
            user,
            provider,
            connector,
            config
        });
        told.push(`${status}  ${id} (${connector}, ${file})`);
    }
    return told;
}
const weekdays = [
    'sunday',
    'monday',
    'tuesday',
    'wednesday',
    'thursday',
    'friday',
    'saturday'
];
/** Recurrences that come true within the next minute. */ export function recurrences(now) {
    const soon = (seconds)=>new Date(now.getTime() + seconds * 1_000);
    const time = (date)=>date.toISOString().slice(11, 19);
    return {
        interval: {
            frequency: 'interval',
            every: 'PT5S'
        },
        cron: {
            frequency: 'cron',
            expression: '*/4 * * * * *'
        },
        hourly: {
            frequency: 'hourly',
            minute: soon(60).getUTCMinutes()
        },
        daily: {
            frequency: 'daily',
            times: [
                time(soon(6))
            ]
        },
        weekly: {
            frequency: 'weekly',
            weekdays: [
                weekdays[soon(9).getUTCDay()]
            ],
            times: [
                time(soon(9))
            ]
        },
        monthly: {
            frequency: 'monthly',
            days: [
                soon(12).getUTCDate()
            ],
            times: [
                time(soon(12))
            ]
        }
    };
}
const of = (provider, route = provider)=>(name, user, recurrence, more = {})=>({
            name,
            user,
            connection: `${user}-${route}`,
            provider,
            recurrence,
            ...more
        });
const netflix = of('netflix');
const chatgpt = of('chatgpt');
const openai = of('chatgpt', 'openai');
const amazon = of('amazon_prime');
const bank = of('bank');
const spotify = (name, user, recurrence, more = {})=>({
        name,
        user,
        connection: `${user}-spotify`,
        provider: 'spotify',
        recurrence,
        retry: {
            maxAttempts: 5,
            base: 'PT1S',
            factor: 3,
            jitter: 'none'
        },
        timeout: 'PT7S',
        ...more
    });
export function schedules(now) {
    const on = recurrences(now);
    return [
        spotify('Ann’s plays', 'ann', on.interval, {
            priority: 'high'
        }),
        spotify('Bob’s plays', 'bob', on.cron),
        spotify('Dana, whose consent is gone', 'dana', on.interval),
        netflix('Ann’s Netflix export', 'ann', on.daily),
        netflix('Bob’s viewing history', 'bob', on.weekly),
        netflix('Cem’s Netflix, in full', 'cem', on.monthly, {
            operation: 'full_sync'
        }),
        netflix('Cem’s Netflix', 'cem', on.hourly),
        openai('Ann’s OpenAI costs', 'ann', on.daily),
        chatgpt('Ann’s ChatGPT export', 'ann', on.weekly),
        amazon('Cem’s Amazon export', 'cem', on.monthly),
        bank('Ann’s bank', 'ann', on.daily)
    ];
}

//# sourceMappingURL=story.js.map