/** How many attempts somebody has offered or running. `runs`: known of them, waiting ones too. */
export type Share = { readonly key: string; busy: number; runs: number };

/** The share of each user, or of each connection, for as long as they have runs: looked up once a run, then at hand. */
export class Shares {
  readonly #byKey = new Map<string, Share>();

  /** For one more run. */
  of(key: string): Share {
    let share = this.#byKey.get(key);
    if (share === undefined) this.#byKey.set(key, (share = { key, busy: 0, runs: 0 }));
    share.runs += 1;
    return share;
  }

  /** One run less. */
  leave(share: Share): void {
    share.runs -= 1;
    if (share.runs === 0) this.#byKey.delete(share.key);
  }
}
