const FIRST_PAUSE = 200;
/** Often enough that an outage that ends is noticed soon: what waits to be reported holds its lease. */ const LONGEST_PAUSE = 2_000;
/** The scheduler does not understand it, however often it is asked. By name: whoever throws it is an adapter. */ export const isRefusal = (error)=>error instanceof Error && error.name === 'DeskRefusal';
/**
 * Asks until there is an answer, with growing pauses: a scheduler may be restarting, or handing the schedule to another
 * node. `enough`: asked after each failure, with how many there were; the last one is thrown.
 */ export async function askAgain(timers, ask, enough) {
    for(let tries = 1;; tries += 1){
        try {
            return await ask();
        } catch (error) {
            if (enough(tries, error)) throw error;
            const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** tries);
            await new Promise((resolve)=>timers.after(pause, resolve));
        }
    }
}

//# sourceMappingURL=ask-again.js.map