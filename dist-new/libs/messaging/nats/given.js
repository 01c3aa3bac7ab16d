import { givenWorkSchema } from '#lib/contracts/messages';
import { parseMessage } from './json.js';
/** From the word that a process leaves to the last work that is given to it, in ms: a scheduler hears of it a little later. */ export const LATE_GIFTS = 300;
/**
 * Begins what was given to this process, says that it has arrived, and gives what tells the end of each. What cannot be
 * read, or is meant for a process that had the name before, is not answered: so no more of it comes.
 */ export function accept(message, { claim, handle }) {
    const parsed = parseMessage(givenWorkSchema, message.data);
    if (!parsed.ok || parsed.value.claim !== claim) return [];
    message.respond('');
    return parsed.value.items.map(({ item, granted })=>handle(item, granted));
}

//# sourceMappingURL=given.js.map