import { zip } from './zip-writer.js';
const MODELS = [
    'demo-large',
    'demo-small',
    'demo-large'
];
const TEXT = 'canary text: 日本 "quoted" \\ and {"role":"user"} 🙂';
export const chatMessage = (role, at, more = {})=>({
        author: {
            role,
            name: null,
            metadata: {}
        },
        create_time: at,
        update_time: null,
        content: {
            content_type: 'text',
            parts: [
                TEXT,
                {
                    nested: [
                        TEXT
                    ]
                }
            ]
        },
        status: 'finished_successfully',
        metadata: {},
        ...more
    });
/** One conversation of `ChatgptLife`, by its number. */ export function chat(number, life = {}, more = {}) {
    const { turns = 2, since = '2026-05-04T18:00:30Z', everyMinutes = 24 * 60, seed = 1 } = life;
    const began = Date.parse(since) / 1000 + number * everyMinutes * 60 + 0.25;
    const model_slug = MODELS[number % MODELS.length];
    const nodes = [
        [
            'root',
            {
                id: 'root',
                message: null,
                parent: null,
                children: [
                    's'
                ]
            }
        ]
    ];
    const add = (id, message)=>void nodes.push([
            id,
            {
                id,
                message,
                parent: null,
                children: []
            }
        ]);
    add('s', chatMessage('system', null));
    for(let turn = 0; turn < turns; turn++){
        add(`q${turn}`, chatMessage('user', began + turn));
        add(`a${turn}`, chatMessage('assistant', began + turn + 0.5, {
            metadata: {
                model_slug,
                canary: TEXT
            }
        }));
    }
    return {
        title: `canary title ${number}`,
        create_time: began,
        update_time: began + turns,
        mapping: Object.fromEntries(nodes),
        moderation_results: [],
        current_node: `a${turns - 1}`,
        conversation_id: `demo-${seed}-${number}`,
        default_model_slug: 'auto',
        is_archived: false,
        id: `demo-${seed}-${number}`,
        ...more
    };
}
export const chats = (life = {})=>Array.from({
        length: life.chats ?? 12
    }, (_, number)=>chat(number, life));
export const chatgptUser = (more = {})=>({
        id: 'user-demo',
        email: 'canary@example.invalid',
        chatgpt_plus_user: true,
        phone_number: '+10000000000',
        birth_year: 1990,
        ...more
    });
export const chatgptFile = (name, value)=>({
        name,
        text: JSON.stringify(value)
    });
/** An export with all conversations in one file, and two files that nobody reads. */ export const chatgptFiles = (life = {}, user = chatgptUser())=>[
        chatgptFile('user.json', user),
        chatgptFile('conversations.json', chats(life)),
        chatgptFile('message_feedback.json', [
            {
                id: 'canary',
                content: TEXT
            }
        ]),
        {
            name: 'chat.html',
            text: `<html>${TEXT}`
        }
    ];
/** An export in shards of `size` conversations, as large accounts get it. */ export function shardedFiles(life = {}, size = 5) {
    const all = chats(life);
    const shards = [];
    for(let at = 0; at * size < all.length; at++){
        const name = `conversations-${String(at).padStart(3, '0')}.json`;
        shards.push(chatgptFile(`export/${name}`, all.slice(at * size, (at + 1) * size)));
    }
    const files = shards.map(({ name })=>name.slice('export/'.length));
    const manifest = {
        logical_files: {
            'conversations.json': {
                files
            }
        }
    };
    return [
        chatgptFile('export/export_manifest.json', manifest),
        ...shards,
        chatgptFile('export/user.json', [
            chatgptUser()
        ])
    ];
}
export const chatgptZip = (life = {})=>zip(chatgptFiles(life));
export const shardedZip = (life = {}, size = 5)=>zip(shardedFiles(life, size));
/** Conversations of about so many bytes, piece by piece, for files too large to hold. */ export function* chatsText(bytes, life = {}) {
    const hourly = {
        everyMinutes: 30,
        since: '2023-01-01T00:00:00Z',
        turns: 40,
        ...life
    };
    let written = 0;
    yield '[';
    for(let number = 0; written < bytes; number++){
        const text = `${number === 0 ? '' : ','}${JSON.stringify(chat(number % 50_000, hourly))}`;
        written += text.length;
        yield text;
    }
    yield ']';
}

//# sourceMappingURL=chatgpt-files.js.map