/** What is wrong with the records of one read, in words. */ export function recordFaults(manifest, records, canaries) {
    const faults = new Set();
    const declared = new Set(manifest.streams.map((stream)=>stream.name));
    const keys = new Set();
    for (const record of records){
        if (!declared.has(record.stream)) faults.add(`stream ${record.stream} is not declared`);
        if (record.key === '' || record.key.length > 1_000) faults.add(`a key of ${record.stream} is empty or over 1000 characters`);
        const key = `${record.stream} ${record.key}`;
        if (keys.has(key)) faults.add(`${record.stream} repeats a key within one read`);
        keys.add(key);
        for (const [name, value] of Object.entries(record.data)){
            const fault = valueFault(name, value);
            if (fault !== undefined) faults.add(`${record.stream}.${name} ${fault}`);
        }
        if (canaries.some((canary)=>JSON.stringify(record).includes(canary))) faults.add(`a record of ${record.stream} holds a secret`);
    }
    return [
        ...faults
    ];
}
function valueFault(name, value) {
    if (value === null) return undefined;
    if (![
        'string',
        'number',
        'boolean'
    ].includes(typeof value)) return 'is not a plain value';
    // An empty text says that there is none.
    if (name.endsWith('_on') && !/^(\d{4}-\d{2}-\d{2})?$/.test(String(value))) return 'is not YYYY-MM-DD';
    if (name.endsWith('_minor') && !Number.isSafeInteger(value)) return 'is not a whole number of minor units';
    if (name === 'currency' && !/^[A-Z]{3}$/.test(String(value))) return 'is not an ISO 4217 code';
    if (name === 'occurred_at' && !/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?Z)?$/.test(String(value))) return 'is not ISO 8601 in UTC';
    return undefined;
}

//# sourceMappingURL=record-faults.js.map