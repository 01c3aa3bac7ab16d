import { expect } from '@jest/globals';
import type { Decider, DomainEvent, Instant } from '#lib/domain/kernel';

/** An event and when it was decided. */
export type Past<E> = readonly [at: Instant, event: E];

/**
 * Given what happened, when a command comes, then these events, or that rejection. The state is only ever reached
 * through events, as in the running system.
 */
export function scenario<State, Command extends { readonly now: Instant }, E extends DomainEvent>(
  decider: Decider<State, Command, E>,
) {
  const fold = (past: readonly Past<E>[]): State =>
    past.reduce((state, [at, event]) => decider.evolve(state, event, at), decider.initialState);

  return {
    given(...past: readonly Past<E>[]) {
      return { when: (command: Command) => outcome(command, past) };
    },
    /** Commands one after another, each on what the ones before it left; answers the events and the state. */
    run(...commands: readonly Command[]): {
      readonly events: readonly E[];
      readonly state: State;
      readonly past: readonly Past<E>[];
    } {
      const past: Past<E>[] = [];
      for (const command of commands) {
        const decision = decider.decide(command, fold(past));
        if (!decision.accepted)
          throw new Error(`${JSON.stringify(command)} was rejected: ${decision.rejection.message}`);
        past.push(...decision.events.map((event): Past<E> => [command.now, event]));
      }
      return { events: past.map(([, event]) => event), state: fold(past), past };
    },
  };

  function outcome(command: Command, past: readonly Past<E>[]) {
    const before = fold(past);
    const decision = decider.decide(command, before);
    return {
      decision,
      then(...events: readonly unknown[]): State {
        expect(decision).toEqual({ accepted: true, events });
        return fold([...past, ...events.map((event): Past<E> => [command.now, event as E])]);
      },
      thenTypes(...types: readonly string[]): readonly E[] {
        const events = decision.accepted ? decision.events : [];
        expect({
          rejection: decision.accepted ? undefined : decision.rejection,
          types: events.map((event) => event.type),
        }).toEqual({ rejection: undefined, types });
        return events;
      },
      thenNothing(): void {
        expect(decision).toEqual({ accepted: true, events: [] });
      },
      thenRejected(reason: string): void {
        expect(decision).toMatchObject({ accepted: false, rejection: { reason } });
      },
    };
  }
}
