/** Netflix publishes no list of its words; these say it in the terms of every processor, and Netflix's partners get `DECLINED`. */ const FAILED = /declin|fail|reject|denied|refus|void|cancel|unpaid/i;
const RETURNED = /refund|revers|charge.?back/i;
const RESERVED = /^(pre.?)?auth/i;
/** What became of a bill, by the words of its row. `chosen`: the settings say which are paid, so that none here has failed. */ export function outcomeOf(row, chosen) {
    const type = row['Pmt Txn Type']?.trim() ?? '';
    const results = `${row['Pmt Status'] ?? ''} ${row['Final Invoice Result'] ?? ''}`;
    if (!chosen && FAILED.test(`${type} ${results}`)) return 'failed';
    if (RESERVED.test(type)) return 'reserved';
    if (RETURNED.test(type)) return 'returned';
    return !chosen && RETURNED.test(results) ? 'undone' : 'paid';
}

//# sourceMappingURL=bill-words.js.map