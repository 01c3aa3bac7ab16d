/**
 * How the four show on statements. Prime is told from ordinary Amazon orders by its own name only: "Amazon", "AMZN
 * Mktp" and single films of "Prime Video" are purchases, and a purchase taken for a membership is the worse mistake.
 */ const TABLE = [
    [
        /\bnetflix/,
        'netflix'
    ],
    [
        /\bspotify/,
        'spotify'
    ],
    [
        /\bopenai\b|\bchatgpt\b/,
        'chatgpt'
    ],
    [
        /\b(?:amazon|amzn) ?prime\b(?! ?(?:video|now|pantry))|\bprime member/,
        'amazon_prime'
    ]
];
/** Whose money it is: by the operator's own rules first, then by the table, else by the merchant's name. */ export function merchantOf(named, rules) {
    const merchant = (named.merchant_name ?? '').trim() || named.text.trim() || 'unknown';
    const words = plain(`${named.merchant_name ?? ''} ${named.text}`);
    const own = rules.find((rule)=>words.includes(plain(rule.contains)));
    const known = TABLE.find(([pattern])=>pattern.test(words));
    const provider = own?.provider ?? known?.[1] ?? `bank:${slug(merchant)}`;
    return {
        provider,
        merchant: merchant.slice(0, 200)
    };
}
/** Lower case, with the stars, dots and dashes of statements as spaces: `OPENAI *CHATGPT` is `openai chatgpt`. */ const plain = (text)=>text.normalize('NFKD').replace(/\p{M}+/gu, '').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ');
/** Digits go: they are the numbers of orders and branches, and change from one charge to the next. */ function slug(merchant) {
    const words = plain(merchant).replace(/\S*\d{3,}\S*/g, ' ').trim().split(' ').filter((word)=>word !== '').slice(0, 4);
    return words.join('-').slice(0, 60) || 'unknown';
}

//# sourceMappingURL=merchants.js.map