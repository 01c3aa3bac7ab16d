/** The three streams of synced data. Money is in minor units with an ISO 4217 code; dates are `YYYY-MM-DD`. */ export const isWithdrawal = (change)=>'withdrawn' in change;

//# sourceMappingURL=sink.js.map