import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { amazonZip, chatgptZip, netflixZip, OpenaiStandIn, PlaidStandIn, plaidKeys, SpotifyStandIn, troubles, viewingHistory } from '#lib/connectors/testing';
/** Listeners of the stand-in. Tokens last 20 seconds, so that refreshing is seen. */ export async function openSpotify() {
    const spotify = await SpotifyStandIn.start({
        tokenSeconds: 20
    });
    const grants = {
        ann: spotify.addUser('ann', 'premium').refreshToken,
        bob: spotify.addUser('bob', 'free').refreshToken,
        dana: spotify.addUser('dana', 'premium').refreshToken
    };
    for (const user of Object.keys(grants))spotify.play(user, 12);
    spotify.grants.revoke('dana');
    // The first requests meet what real ones meet: overload, a rate limit, overload again.
    spotify.script('/v1/me', troubles.unavailable(503), 3);
    spotify.script('/v1/me/player', troubles.rateLimited(2), 1);
    return {
        spotify,
        grants
    };
}
const day = (daysAgo)=>new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10);
/** An organization that has paid for OpenAI's API for ten days. */ export async function openOpenai() {
    const openai = await OpenaiStandIn.start();
    openai.addKey(ADMIN_KEY);
    for(let ago = 1; ago <= 10; ago += 1)openai.books.spend(day(ago), {
        value: String(0.4 + ago / 10)
    });
    return openai;
}
/** Ann's bank: it sees what Spotify, ChatGPT and Prime cost her, which none of them tells. */ export async function openBank() {
    const plaid = await PlaidStandIn.start();
    const item = plaid.addItem();
    const seen = {
        first_date: day(240),
        last_date: day(12),
        predicted_next_date: day(-18)
    };
    for (const [merchant, text, amount] of [
        [
            'Spotify',
            'PAYPAL *SPOTIFY',
            11.99
        ],
        [
            'OpenAI',
            'OPENAI *CHATGPT SUBSCR',
            22.99
        ],
        [
            'Amazon Prime',
            'AMAZON PRIME*2K4',
            8.99
        ]
    ]){
        const paid = {
            amount,
            iso_currency_code: 'EUR',
            unofficial_currency_code: null
        };
        item.recur(merchant, text, {
            ...seen,
            last_amount: paid,
            average_amount: paid
        });
        item.pay(merchant, text, {
            amount,
            date: day(12)
        });
    }
    return {
        plaid,
        keys: {
            ...plaidKeys,
            access_token: item.accessToken
        }
    };
}
export const ADMIN_KEY = 'sk-admin-made-up-for-the-demo';
export function writeExports(dataFolder) {
    const folder = join(dataFolder, 'imports');
    mkdirSync(folder, {
        recursive: true,
        mode: 0o700
    });
    writeFileSync(join(folder, 'cem-netflix.zip'), netflixZip({
        months: 6,
        views: 80,
        plan: 'Premium',
        price: '19.99',
        currency: 'EUR'
    }));
    writeFileSync(join(folder, 'ann-netflix.zip'), netflixZip({
        months: 3,
        views: 25,
        plan: 'Standard',
        price: '13.99',
        currency: 'EUR'
    }));
    writeFileSync(join(folder, 'ann-chatgpt.zip'), chatgptZip({
        chats: 20
    }));
    writeFileSync(join(folder, 'cem-amazon.zip'), amazonZip({
        months: 8,
        views: 30,
        price: '8.99',
        currency: 'EUR'
    }));
    writeFileSync(join(folder, 'bob-viewing.csv'), viewingHistory([
        [
            'A made-up film',
            '2026-10-03'
        ],
        [
            'Another one',
            '2026-10-17'
        ]
    ]));
}

//# sourceMappingURL=world.js.map