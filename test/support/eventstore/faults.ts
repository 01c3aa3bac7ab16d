/** What goes wrong with the double, switched while it runs. */
export class Faults {
  /** Calls are refused as a server that is going away refuses them. */
  unavailable = false;
  /** Appends are refused: this node is not the leader, and says who is. */
  notLeader = false;
  /** Appends are never answered. `commit`: they are stored all the same. */
  muteAppends: false | 'commit' | 'drop' = false;
  /** Reads are never answered. */
  muteReads = false;
  /** Subscriptions stay open and tell nothing. */
  silent = false;
  /** Whether the server sends caughtUp messages; before 23.10 there were none. */
  caughtUpMessages = true;
  /** Milliseconds before each answer to an append. */
  delayMs = 0;

  readonly #ending = new Set<(error: Error | undefined) => void>();

  onEnd(listener: (error: Error | undefined) => void): () => void {
    this.#ending.add(listener);
    return () => this.#ending.delete(listener);
  }

  /** Ends every open subscription, with an error or without. */
  endSubscriptions(error?: Error): void {
    for (const end of this.#ending) end(error);
  }

  heal(): void {
    this.unavailable = false;
    this.notLeader = false;
    this.muteAppends = false;
    this.muteReads = false;
    this.silent = false;
    this.delayMs = 0;
  }
}
