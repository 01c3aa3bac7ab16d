/** Names of streams. The tenant is part of a connection's name, since callers choose connection ids. */
export const streamPrefixes = {
  schedule: 'schedule-',
  connection: 'connection-',
  provider: 'provider-',
  conflict: 'conflict-',
  subscription: 'subscription-',
  parking: 'parked-',
  webhook: 'webhook-',
  bulk: 'bulk-',
  tenant: 'tenant-',
} as const;

export type AggregateKind = keyof typeof streamPrefixes;

export const scheduleStream = (id: string): string => streamPrefixes.schedule + id;
export const connectionStream = (tenant: string, id: string): string =>
  `${streamPrefixes.connection}${tenant}.${id}`;
/** The connection of a tenant that a stream is of. Cut by length: tenants of old may hold a dot. */
export const connectionOf = (stream: string, tenant: string): string =>
  stream.slice(connectionStream(tenant, '').length);
export const providerStream = (id: string): string => streamPrefixes.provider + id;
/** A user's subscription to one service. Tenants hold no dot, so that the name can be taken apart. */
export const subscriptionStream = (tenant: string, user: string, id: string): string =>
  `${streamPrefixes.subscription}${tenant}.${user}.${id}`;
/** One event that one handler could not take. */
export const parkingStream = (id: string): string => streamPrefixes.parking + id;
export const webhookStream = (id: string): string => streamPrefixes.webhook + id;
/** A tenant, as far as the operator sees to it. */
export const tenantStream = (id: string): string => streamPrefixes.tenant + id;
/** One change asked of many schedules. */
export const bulkStream = (id: string): string => streamPrefixes.bulk + id;
export const conflictStream = (id: string): string => streamPrefixes.conflict + id;

const entries = Object.entries(streamPrefixes) as readonly (readonly [AggregateKind, string])[];

/** Which aggregate a stream belongs to, and what identifies it there. */
export function parseStream(
  stream: string,
): { readonly kind: AggregateKind; readonly id: string } | undefined {
  for (const [kind, prefix] of entries) {
    if (stream.startsWith(prefix)) return { kind, id: stream.slice(prefix.length) };
  }
  return undefined;
}
