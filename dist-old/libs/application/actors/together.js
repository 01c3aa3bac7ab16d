import { isEventStoreError } from '#lib/event-store/port';
import { answerRepeated, done, foreign, outage } from './answers.js';
import { isCommandOutage } from './command.js';
/**
 * Decides every command in this very turn, so that all appends are stored by few commits, and costs each stream a
 * place in one shared turn instead of a turn of its own. A stream that is not in memory is taken to be new, which the
 * expected revision of its append proves. Only what is accepted on these terms is answered here: a refusal, nothing
 * to do, a repeat, a stream that is busy or was there after all is left to the caller to ask for by itself, so that
 * such an answer rests on what the log holds.
 */ export async function decideTogether(asked, given, mailboxes) {
    const { now, context } = given;
    const answers = Array.from({
        length: asked.length
    });
    const { promise: turn, resolve: over } = Promise.withResolvers();
    const defects = [];
    let open = 0;
    for (const [index, { stream, command }] of asked.entries()){
        const actor = mailboxes.idle(stream);
        if (actor === undefined || foreign(actor, context) || answerRepeated(actor, context) !== undefined) continue;
        const decision = actor.aggregate.decider.decide({
            ...command,
            now
        }, actor.state);
        if (!decision.accepted || decision.events.length === 0) continue;
        const { events } = decision;
        const settled = ()=>{
            mailboxes.release(stream, turn);
            if ((open -= 1) === 0) over();
        };
        const stored = (position)=>{
            actor.loaded = true;
            answers[index] = done(actor, {
                position,
                events,
                at: now
            });
            settled();
        };
        const failed = (error)=>{
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

//# sourceMappingURL=together.js.map