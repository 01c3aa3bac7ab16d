/** In words: 90000 is "1 min 30 s". */ export function inWords(ms) {
    const seconds = Math.round(ms / 1_000);
    const parts = [
        [
            Math.floor(seconds / 86_400),
            'd'
        ],
        [
            Math.floor(seconds / 3_600) % 24,
            'h'
        ],
        [
            Math.floor(seconds / 60) % 60,
            'min'
        ],
        [
            seconds % 60,
            's'
        ]
    ];
    const named = parts.filter(([count])=>count > 0).map(([count, unit])=>`${count} ${unit}`);
    return named.length === 0 ? '0 s' : named.slice(0, 2).join(' ');
}

//# sourceMappingURL=in-words.js.map