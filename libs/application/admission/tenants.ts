import { defaultTenantLimits, type TenantLimits } from '#lib/domain/tenant';

/** What a tenant has offered or running, over all providers, and what it may have. */
export type TenantShare = {
  readonly tenant: string;
  limits: TenantLimits;
  busy: number;
  /** Known of it, waiting ones too. */
  runs: number;
};

/** The share of each tenant that has runs, or for whom limits were set. */
export class Tenants {
  readonly #shares = new Map<string, TenantShare>();

  /** `concurrency`: of each tenant for whom none is set. */
  constructor(private readonly concurrency: number | undefined) {}

  set(tenant: string, limits: TenantLimits): void {
    this.#share(tenant).limits = limits;
  }

  /** For one more run. */
  of(tenant: string): TenantShare {
    const share = this.#share(tenant);
    share.runs += 1;
    return share;
  }

  /** One run less. */
  leave(share: TenantShare): void {
    share.runs -= 1;
    if (share.runs === 0 && share.limits === defaultTenantLimits) this.#shares.delete(share.tenant);
  }

  hasRoom({ busy, limits }: TenantShare): boolean {
    return busy < (limits.concurrency ?? this.concurrency ?? Infinity);
  }

  /** The same by name: of one that has no runs nothing stands in the way. */
  isOpen(tenant: string): boolean {
    const share = this.#shares.get(tenant);
    return share === undefined || this.hasRoom(share);
  }

  find(tenant: string): TenantShare | undefined {
    return this.#shares.get(tenant);
  }

  /** Those of which there is something to tell. */
  values(): IterableIterator<TenantShare> {
    return this.#shares.values();
  }

  #share(tenant: string): TenantShare {
    let share = this.#shares.get(tenant);
    if (share === undefined)
      this.#shares.set(tenant, (share = { tenant, limits: defaultTenantLimits, busy: 0, runs: 0 }));
    return share;
  }
}
