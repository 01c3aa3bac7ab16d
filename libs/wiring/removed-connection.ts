import { connectionAggregate, type Actors } from '#lib/application/actors';
import { connectionStream } from '#lib/contracts/streams';
import type { CredentialVault } from '#lib/ports';
import type { Uploads } from '#lib/workers/imports';
import type { Forgetting } from './forgetting.js';

type Owner = { readonly tenant: string; readonly connection: string };

/**
 * What a removed connection left beside the log: credentials and uploads, and what was synced unless that is kept. Done once
 * more it removes what a crash left. Answers how many rows went.
 */
export async function clearAway(
  {
    actors,
    vault,
    uploads,
    forgetting,
  }: {
    readonly actors: Actors;
    readonly vault: Pick<CredentialVault, 'remove'>;
    readonly uploads: Uploads;
    readonly forgetting: Forgetting;
  },
  owner: Owner,
  { records, repeated }: { readonly records: 'keep' | 'forget'; readonly repeated: boolean },
): Promise<number> {
  // What was registered since is another one, which nobody asked to remove.
  if (repeated && (await isThere(actors, owner))) return 0;
  await vault.remove(owner);
  await uploads.remove(owner);
  return records === 'keep' ? 0 : forgetting.rows(owner.tenant, owner.connection);
}

async function isThere(actors: Actors, { tenant, connection }: Owner): Promise<boolean> {
  const { state } = await actors.read(connectionAggregate, connectionStream(tenant, connection), tenant);
  return state.profile !== undefined || state.claims.length > 0;
}
