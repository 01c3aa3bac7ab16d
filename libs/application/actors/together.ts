import type { DomainEvent, Instant } from '#lib/domain/kernel';
import { isEventStoreError } from '#lib/event-store/port';
import type { Actor } from './actor.js';
import type { Unstamped } from './aggregate.js';
import { answerRepeated, done, foreign, outage } from './answers.js';
import { isCommandOutage, type Accepted, type CommandContext, type CommandOutage } from './command.js';

/** A command for one stream of many. */
export type Asked<Command> = { readonly stream: string; readonly command: Unstamped<Command> };

/** Undefined: nothing was stored, ask for this one by itself. An outage: whether it was stored is not known. */
export type Together<State> = Accepted<State> | CommandOutage | undefined;

/** What is needed of the actors' own. */
export type Mailboxes<State extends object, Command, E extends DomainEvent> = {
  /** The stream's actor, unless its mailbox is in use. */
  idle(stream: string): Actor<State, Command, E> | undefined;
  /** Commands that come for the stream meanwhile wait for `turn`. */
  hold(stream: string, turn: Promise<void>): void;
  release(stream: string, turn: Promise<void>): void;
  append(
    actor: Actor<State, Command, E>,
    events: readonly E[],
    now: Instant,
    context: CommandContext,
  ): Promise<number>;
};

/**
 * Decides every command in this very turn, so that all appends are stored by few commits, and costs each stream a
 * place in one shared turn instead of a turn of its own. A stream that is not in memory is taken to be new, which the
 * expected revision of its append proves. Only what is accepted on these terms is answered here: a refusal, nothing
 * to do, a repeat, a stream that is busy or was there after all is left to the caller to ask for by itself, so that
 * such an answer rests on what the log holds.
 */
export async function decideTogether<
  State extends object,
  Command extends { readonly now: Instant },
  E extends DomainEvent,
>(
  asked: readonly Asked<Command>[],
  given: { readonly now: Instant; readonly context: CommandContext },
  mailboxes: Mailboxes<State, Command, E>,
): Promise<readonly Together<State>[]> {
  const { now, context } = given;
  const answers = Array.from<Together<State>>({ length: asked.length });
  const { promise: turn, resolve: over } = Promise.withResolvers<void>();
  const defects: unknown[] = [];
  let open = 0;
  for (const [index, { stream, command }] of asked.entries()) {
    const actor = mailboxes.idle(stream);
    if (actor === undefined || foreign(actor, context) || answerRepeated(actor, context) !== undefined)
      continue;
    const decision = actor.aggregate.decider.decide({ ...command, now } as unknown as Command, actor.state);
    if (!decision.accepted || decision.events.length === 0) continue;
    const { events } = decision;
    const settled = (): void => {
      mailboxes.release(stream, turn);
      if ((open -= 1) === 0) over();
    };
    const stored = (position: number): void => {
      actor.loaded = true;
      answers[index] = done(actor, { position, events, at: now });
      settled();
    };
    const failed = (error: unknown): void => {
      actor.forget();
      const told = outage(error);
      if (isCommandOutage(told)) answers[index] = told;
      else if (!isEventStoreError(error, 'wrong_expected_revision')) defects.push(error);
      settled();
    };
    mailboxes.hold(stream, turn);
    open += 1;
    mailboxes.append(actor, events, now, context).then(stored, failed);
  }
  if (open > 0) await turn;
  if (defects.length > 0) throw defects[0];
  return answers;
}
