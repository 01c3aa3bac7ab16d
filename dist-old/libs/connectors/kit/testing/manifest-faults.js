import { isErrorClass } from '#lib/domain/retry';
/** What is wrong or missing in a manifest, in words; empty when nothing is. */ export function manifestFaults(manifest) {
    const checks = [
        ...identityChecks(manifest),
        ...numberChecks(manifest),
        ...edgeChecks(manifest)
    ];
    const faults = checks.filter(([good])=>!good).map(([, fault])=>fault);
    return [
        ...faults,
        ...manifest.errors.flatMap((rule, index)=>ruleFaults(manifest.errors, rule, index))
    ];
}
const identityChecks = ({ id, version, streams })=>[
        [
            /^[a-z0-9_]+\.[a-z0-9_]+$/.test(id),
            'manifest.id must be <whose>.<interface> in lower case'
        ],
        [
            /^\d+\.\d+\.\d+$/.test(version),
            'manifest.version must be a semantic version'
        ],
        [
            streams.length > 0,
            'manifest.streams is empty'
        ],
        [
            new Set(streams.map((stream)=>stream.name)).size === streams.length,
            'manifest.streams names a stream twice'
        ],
        [
            streams.every((stream)=>stream.key.length > 0 && stream.modes.length > 0),
            'every stream needs a key and a mode'
        ]
    ];
function numberChecks({ limits, schedule, run }) {
    const numbers = [
        limits.requests,
        limits.perSeconds,
        limits.concurrency,
        limits.concurrencyPerConnection
    ];
    const times = [
        schedule.minIntervalMs,
        run.timeoutMs,
        run.maxAttempts,
        run.backoff.baseMs,
        run.backoff.factor
    ];
    return [
        [
            numbers.every((number)=>number > 0),
            'manifest.limits must be positive'
        ],
        [
            limits.concurrencyPerConnection <= limits.concurrency,
            'one connection may not have more concurrency than the provider'
        ],
        [
            times.every((number)=>number > 0),
            'manifest.schedule and manifest.run must be positive'
        ],
        [
            schedule.minIntervalMs <= schedule.defaultIntervalMs,
            'the default interval is shorter than the smallest'
        ],
        [
            run.backoff.baseMs <= run.backoff.maxMs,
            'the first backoff is longer than the longest'
        ]
    ];
}
function edgeChecks({ auth, transport, hosts, errors, secrets, config }) {
    return [
        [
            auth.kind === 'none_file' || secrets.length > 0,
            `auth ${auth.kind} needs the names of its secrets`
        ],
        [
            transport !== 'http_pull' || Object.keys(hosts).length > 0,
            'http_pull needs hosts'
        ],
        [
            transport !== 'http_pull' || errors.length > 0,
            'http_pull needs an error table'
        ],
        [
            Object.values(hosts).every((host)=>host.startsWith('https://')),
            'hosts must be https'
        ],
        [
            !config.safeParse('not an object').success,
            'the config schema takes anything'
        ],
        [
            !config.safeParse({
                surprise: 1
            }).success,
            'the config schema must refuse unknown settings'
        ]
    ];
}
function ruleFaults(rules, rule, index) {
    const name = `errors[${index}] (${rule.where} ${rule.status ?? 'any'} → ${rule.class})`;
    const faults = [];
    if (!isErrorClass(rule.class)) faults.push(`${name} has an unknown class`);
    const waits = rule.class === 'RATE_LIMITED' || rule.class === 'QUOTA_EXHAUSTED';
    if (waits && rule.fallbackDelayMs === undefined) faults.push(`${name} has no fallback delay`);
    if (rules.slice(0, index).some((earlier)=>covers(earlier, rule))) faults.push(`${name} is never reached: an earlier row covers it`);
    return faults;
}
/** Whether everything that `later` matches is matched by `earlier`, as far as their conditions tell. */ function covers(earlier, later) {
    if (earlier.where !== later.where) return false;
    if (earlier.status !== undefined && earlier.status !== later.status) return false;
    if (earlier.bodyContains !== undefined && later.bodyContains?.includes(earlier.bodyContains) !== true) return false;
    const within = (all = {}, some = {})=>Object.entries(some).every(([key, value])=>all[key] === value);
    return within(later.json, earlier.json) && within(later.header, earlier.header);
}

//# sourceMappingURL=manifest-faults.js.map