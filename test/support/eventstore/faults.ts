/** What goes wrong with the double, switched while it runs. */
export class Faults {
  /** Calls are refused as a server that is going away refuses them. */
  unavailable = false;
  /** Calls that need the leader are refused: this node is not it, and names the port of who is said to be. */
  notLeader = false;
  leaderPort = 0;
  /** The user may not do what the call does. */
  denied = false;
  /** Appends are never answered. `commit`: they are stored all the same. */
  muteAppends: false | 'commit' | 'drop' = false;
  /** Appends are stored, and instead of the answer the connection is lost. */
  loseAnswers = false;
  /** Reads are never answered. */
  muteReads = false;
  /** Subscriptions stay open and tell nothing. */
  silent = false;
  /** Whether the server sends caughtUp messages; before 23.10 there were none. */
  caughtUpMessages = true;
  /** Checkpoints of a subscription that has caught up tell where the log ends, as those of some releases do. */
  checkpointsAtEnd = false;
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
    this.denied = false;
    this.loseAnswers = false;
    this.muteAppends = false;
    this.muteReads = false;
    this.silent = false;
    this.delayMs = 0;
  }
}
