/**
 * Which part of the shared work this process does. Leases only save work: the log arbitrates, so two holders at once
 * waste effort and double nothing.
 */
export interface Leases {
  /** Whether this process holds the lease now. Asked each time: it may have run out since the last answer. */
  holds(lease: string): boolean;
  /** Grows each time the lease changes hands; 0 while nobody is known to have held it. */
  epoch(lease: string): number;
  /** Called after leases were won or lost. Returns the unsubscription. */
  onChange(listener: () => void): () => void;
}

/** A process that shares with nobody. */
export const soleHolder: Leases = {
  holds: () => true,
  epoch: () => 0,
  onChange: () => () => {},
};
