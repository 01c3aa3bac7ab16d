export function loadQueries(db) {
    return {
        /** Providers at which any schedule is, or was, of any tenant. */ loadedProviders () {
            const found = db.prepare('SELECT DISTINCT provider FROM sync_load ORDER BY provider').all();
            return found.map((row)=>String(row['provider']));
        },
        loadedTenants (provider) {
            const found = db.prepare('SELECT DISTINCT tenant FROM sync_load WHERE provider = ? ORDER BY tenant').all(provider);
            return found.map((row)=>String(row['tenant']));
        },
        /** What is due at a provider, of all tenants, the most first: the `most` largest, and how many schedules have the others. */ load (provider, most) {
            const found = db.prepare(`SELECT tenant, pattern, schedules FROM sync_load WHERE provider = ? AND schedules > 0
           ORDER BY schedules DESC, tenant, pattern LIMIT ?`).all(provider, most);
            const patterns = found.map(({ tenant, pattern, schedules })=>({
                    tenant: String(tenant),
                    pattern: JSON.parse(String(pattern)),
                    schedules: Number(schedules)
                }));
            const all = db.prepare('SELECT sum(schedules) AS n FROM sync_load WHERE provider = ?').get(provider);
            const told = patterns.reduce((sum, { schedules })=>sum + schedules, 0);
            return {
                patterns,
                others: Number(all?.['n'] ?? 0) - told
            };
        }
    };
}

//# sourceMappingURL=queries.js.map