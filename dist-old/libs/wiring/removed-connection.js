import { connectionAggregate } from '#lib/application/actors';
import { connectionStream } from '#lib/contracts/streams';
/**
 * What a removed connection left beside the log: credentials and uploads, and what was synced unless that is kept. Done once
 * more it removes what a crash left. Answers how many rows went.
 */ export async function clearAway({ actors, vault, uploads, forgetting }, owner, { records, repeated }) {
    // What was registered since is another one, which nobody asked to remove.
    if (repeated && await isThere(actors, owner)) return 0;
    await vault.remove(owner);
    await uploads.remove(owner);
    return records === 'keep' ? 0 : forgetting.rows(owner.tenant, owner.connection);
}
async function isThere(actors, { tenant, connection }) {
    const { state } = await actors.read(connectionAggregate, connectionStream(tenant, connection), tenant);
    return state.profile !== undefined || state.claims.length > 0;
}

//# sourceMappingURL=removed-connection.js.map