import { isEventStoreError } from '#lib/event-store/port';
import { pause } from '#lib/ports';
/** Before what failed is tried again. */ const PAUSE = 500;
/** Follows the log again and again, until it is told to stop: outages are waited out. */ export async function patiently(follow, { signal, timers, onError, onEnded }) {
    while(!signal.aborted){
        try {
            await follow(signal);
        } catch (error) {
            if (signal.aborted) return;
            if (isEventStoreError(error, 'corrupt_event')) return onEnded(error);
            onError(error);
            await pause((over)=>timers.after(PAUSE, over), signal);
        }
    }
}

//# sourceMappingURL=patiently.js.map