import { accept, type Decider, type Decision, type Instant } from '#lib/domain/kernel';

/** What a tenant may have of what all share. */
export type TenantLimits = {
  /** Attempts of the tenant that may run at once, over all providers. Absent: as many as the service runs. */
  readonly concurrency?: number | undefined;
  /** Starts that it gets in a row when it is its turn and others wait, too: its share beside theirs. */
  readonly weight: number;
};

export const MAX_WEIGHT = 100;
/** Of a tenant for whom nothing was set. */
export const defaultTenantLimits: TenantLimits = { weight: 1 };

export type TenantEvent = {
  readonly type: 'TenantLimitsChanged';
  readonly data: { readonly tenant: string; readonly limits: TenantLimits };
};

export type TenantCommand = {
  readonly type: 'ChangeTenantLimits';
  readonly now: Instant;
  readonly tenant: string;
  readonly limits: TenantLimits;
};

export type TenantState = { readonly limits: TenantLimits };

/** Set again as they are, nothing has changed. */
function decide({ tenant, limits }: TenantCommand, { limits: inForce }: TenantState): Decision<TenantEvent> {
  if (limits.concurrency === inForce.concurrency && limits.weight === inForce.weight) return accept();
  return accept<TenantEvent>({ type: 'TenantLimitsChanged', data: { tenant, limits } });
}

/** A tenant, as far as the operator sees to it: one stream for each. */
export const tenant: Decider<TenantState, TenantCommand, TenantEvent> = {
  initialState: { limits: defaultTenantLimits },
  decide,
  evolve: (_, { data: { limits } }) => ({ limits }),
};
