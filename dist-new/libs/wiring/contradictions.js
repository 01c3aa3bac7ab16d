const natsWays = [
    'SYNCOPATE_NATS_TOKEN',
    'SYNCOPATE_NATS_USER',
    'SYNCOPATE_NATS_NKEY_SEED_FILE',
    'SYNCOPATE_NATS_CREDS_FILE'
];
/** Neither is of use without the other. */ const natsPairs = [
    [
        'SYNCOPATE_NATS_USER',
        'SYNCOPATE_NATS_PASSWORD'
    ],
    [
        'SYNCOPATE_NATS_TLS_CERT',
        'SYNCOPATE_NATS_TLS_KEY'
    ]
];
const isSet = (values, name)=>values[name] !== undefined;
/**
 * What is wrong with settings that are valid one by one: some contradict each other, some do nothing beside the others.
 * Each is named, and so is what would be right. `listens`: this process is a scheduler.
 */ export function* contradictions(values, listens) {
    const onNats = values.SYNCOPATE_NATS_URL.length > 0;
    const onServer = values.SYNCOPATE_EVENTSTORE_URL !== undefined;
    if (isSet(values, 'SYNCOPATE_AUDIT_KEY_FILE') && !isSet(values, 'SYNCOPATE_AUDIT_FOLDER')) yield 'SYNCOPATE_AUDIT_KEY_FILE signs what is put into SYNCOPATE_AUDIT_FOLDER: set that too';
    if (values.SYNCOPATE_WEBHOOK_DELIVERY === 'elsewhere' && !(onNats && onServer)) yield 'SYNCOPATE_WEBHOOK_DELIVERY=elsewhere: there is no elsewhere without SYNCOPATE_NATS_URL and SYNCOPATE_EVENTSTORE_URL';
    if (values.SYNCOPATE_LOCAL_EXECUTOR === false && !onNats) yield 'SYNCOPATE_LOCAL_EXECUTOR=false: without SYNCOPATE_NATS_URL there are no executors elsewhere, and nothing would ever run: set that, or leave SYNCOPATE_LOCAL_EXECUTOR out';
    yield* aloneOrNot(values, {
        onNats,
        onServer,
        listens
    });
    yield* onNats ? natsTogether(values) : natsForNothing(values);
}
/**
 * Schedulers that share a log hear of each other over NATS only: two without it would each take the other's executors for
 * dead, and end their runs. That there is no other is nothing that one of them could see, so somebody has to say it; a
 * node that merely lacks a variable is told.
 */ function* aloneOrNot({ SYNCOPATE_ALONE: alone }, { onNats, onServer, listens }) {
    if (onServer && !onNats && !alone && listens) yield 'SYNCOPATE_EVENTSTORE_URL without SYNCOPATE_NATS_URL: schedulers that share a log need NATS, to share the work too; set SYNCOPATE_NATS_URL as the others have it, ' + 'or, where this is the only scheduler on that log, SYNCOPATE_ALONE=true';
    if (alone && (onNats || !onServer)) yield `SYNCOPATE_ALONE says that no other scheduler is on the log of SYNCOPATE_EVENTSTORE_URL, for where there is no NATS: leave it out ${onNats ? 'beside SYNCOPATE_NATS_URL' : 'where the log is a file, which is locked'}`;
}
function* natsTogether(values) {
    const ways = natsWays.filter((name)=>isSet(values, name));
    if (ways.length > 1) yield `${ways.join(', ')}: there is one way into NATS: set one of them, leave the rest out`;
    for (const pair of natsPairs){
        const [set, missing] = isSet(values, pair[0]) ? pair : [
            pair[1],
            pair[0]
        ];
        if (isSet(values, set) && !isSet(values, missing)) yield `${set} is of no use without ${missing}: set that too`;
    }
}
function* natsForNothing(values) {
    const names = [
        ...natsWays,
        ...natsPairs.flat(),
        'SYNCOPATE_NATS_TLS_CA'
    ];
    const set = [
        ...new Set(names)
    ].filter((name)=>isSet(values, name));
    if (set.length > 0) yield `${set.join(', ')}: without SYNCOPATE_NATS_URL there is no NATS to enter: set that too, or leave the rest out`;
}

//# sourceMappingURL=contradictions.js.map