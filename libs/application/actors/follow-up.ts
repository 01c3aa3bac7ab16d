import type { Decider, DomainEvent, Instant } from '#lib/domain/kernel';
import type { Unstamped } from './aggregate.js';
import type { CommandContext } from './command.js';

/**
 * A command that goes with a decision: decided on the state that the decision leads to, and stored in the same append.
 * Refused, or with nothing to store, it leaves the decision as it was.
 */
export type FollowUp<State, Command> = {
  readonly command: Unstamped<Command>;
  /** In whose name; the rest of the context is the decision's. */
  readonly actor: string;
  /** Both are stored, and this is the state now. */
  stored(state: State): void;
  /** Not stored. `unknown`: the store did not say, both may be in the log. */
  dropped(unknown: boolean): void;
};

/** Asked with each decision of an aggregate, right before it is stored. */
export type Follow<State, Command> = (decision: {
  readonly stream: string;
  readonly events: readonly DomainEvent[];
  readonly context: CommandContext;
}) => FollowUp<State, Command> | undefined;

/** What is stored with a decision that leads to this state, if anything. */
export function followUpOf<
  State extends object,
  Command extends { readonly now: Instant },
  E extends DomainEvent,
>(
  follow: Follow<State, Command> | undefined,
  decider: Decider<State, Command, E>,
  decision: Parameters<Follow<State, Command>>[0],
  { state, now }: { readonly state: State; readonly now: Instant },
): { readonly asked: FollowUp<State, Command>; readonly events: readonly E[] } | undefined {
  const asked = follow?.(decision);
  if (asked === undefined) return undefined;
  const answer = decider.decide({ ...asked.command, now } as unknown as Command, state);
  if (answer.accepted && answer.events.length > 0) return { asked, events: answer.events };
  asked.dropped(false);
  return undefined;
}
