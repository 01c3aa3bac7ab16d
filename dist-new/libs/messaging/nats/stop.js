import { stopSchema } from '#lib/contracts/messages';
import { parseMessage } from './json.js';
/**
 * Does what a message on a stop subject asks for. Earlier releases said of a lost attempt only its run, which may have
 * begun anew meanwhile: that is left alone, for its report is refused in any case.
 */ export function obey(data, consumer) {
    const parsed = parseMessage(stopSchema, data);
    if (!parsed.ok) return;
    const { run, lost = false, fence } = parsed.value;
    if (!lost) consumer.cancel(run);
    else if (fence !== undefined) consumer.lost(run, fence);
}

//# sourceMappingURL=stop.js.map