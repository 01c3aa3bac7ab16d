import type { Instant } from './instant.js';

/** A domain event before it is stored. `type` is a stable string; `data` holds JSON values only. */
export type DomainEvent = { readonly type: string; readonly data: object };

/**
 * A business "no": a value, never thrown. `reason` comes from a closed list and doubles as metric label and
 * problem type; `message` says what was wrong and what would be right; `field` locates it where one field is to blame.
 */
export type Rejection<Reason extends string = string> = {
  readonly reason: Reason;
  readonly message: string;
  readonly field?: string;
  readonly details?: Readonly<Record<string, unknown>>;
};

/** What a decision yields: facts to store (none when the command was already done), or a rejection. */
export type Decision<E extends DomainEvent, R extends string = string> =
  | { readonly accepted: true; readonly events: readonly E[] }
  | { readonly accepted: false; readonly rejection: Rejection<R> };

export const accept = <E extends DomainEvent>(...events: readonly E[]): Decision<E, never> => ({
  accepted: true,
  events,
});

export const reject = <R extends string>(
  reason: R,
  message: string,
  more: Omit<Rejection<R>, 'reason' | 'message'> = {},
): Decision<never, R> => ({ accepted: false, rejection: { reason, message, ...more } });

/**
 * The triple that every aggregate shares. `decide` and `evolve` are pure: the instant enters with the command
 * (`command.now`) or with the stored event (`at`), so that replay gives the same state on any machine, any year.
 */
export type Decider<State, Command, E extends DomainEvent> = {
  readonly initialState: State;
  decide(command: Command, state: State): Decision<E>;
  evolve(state: State, event: E, at: Instant): State;
};

/** Closes a `switch` over a union: the compiler objects when a case is missing. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
