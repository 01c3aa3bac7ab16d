import { occurrenceRun } from '#lib/domain/schedule';
import { T } from './story.js';
/** What the story tells of: retried until it succeeded, and given up. */ export const runOfA = occurrenceRun('a', 1, T);
export const runOfB = occurrenceRun('b', 1, T);

//# sourceMappingURL=story-runs.js.map