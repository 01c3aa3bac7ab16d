/** Between two lines about one kind of trouble, and how long one must not come to be over. */ const TOLD_EVERY = 60_000;
/** Kinds told apart at once; beyond, all that goes wrong at one place is one kind. */ const KINDS = 100;
/**
 * Counts what goes wrong in the background and is tried again, and says so: with its stack when a kind of trouble begins, with a
 * count once a minute while it goes on, and when it has not come for a minute. An outage makes every schedule fail, again and
 * again: a line for each would fill the disk that may be the trouble.
 */ export class Troubles {
    #open;
    #cancel;
    #stopped;
    constructor(log, environment, telemetry){
        this.log = log;
        this.environment = environment;
        this.telemetry = telemetry;
        this.#open = new Map();
        this.#stopped = false;
        /** @param what the place, and after a blank what it was about */ this.told = (what, error)=>{
            const where = what.split(' ')[0] ?? what;
            this.telemetry.errors.inc({
                where
            });
            const { clock } = this.environment;
            const kind = `${where} ${this.#open.size < KINDS ? kindOf(error) : ''}`;
            const known = this.#open.get(kind);
            if (known !== undefined) {
                Object.assign(known, {
                    what,
                    error,
                    lastAt: clock.monotonic()
                });
                known.times += 1;
                known.more += 1;
                return;
            }
            const since = clock.now();
            this.#open.set(kind, {
                since,
                what,
                error,
                times: 1,
                more: 0,
                lastAt: clock.monotonic()
            });
            this.log('warn', `${what}: will be tried again`, {
                error
            });
            this.#arm();
        };
    }
    /** What comes after is told when it begins, and counted. */ stop() {
        this.#stopped = true;
        this.#cancel?.();
        this.#cancel = undefined;
    }
    #arm() {
        if (this.#stopped) return;
        this.#cancel ??= this.environment.timers.after(TOLD_EVERY, ()=>{
            this.#cancel = undefined;
            this.#tell();
            if (this.#open.size > 0) this.#arm();
        });
    }
    #tell() {
        const now = this.environment.clock.monotonic();
        for (const [kind, trouble] of this.#open){
            const { what, error, times, more, lastAt } = trouble;
            const since = new Date(trouble.since).toISOString();
            if (more > 0) {
                trouble.more = 0;
                this.log('warn', `${what}: goes on`, {
                    times: more,
                    since,
                    last: wordsOf(error)
                });
            } else if (now - lastAt >= TOLD_EVERY) {
                this.#open.delete(kind);
                this.log('info', `${what}: is over, it did not come again for a minute`, {
                    times,
                    since
                });
            }
        }
    }
}
/** Characters of a message by which kinds are told apart. */ const LOOKED_AT = 200;
const wordsOf = (error)=>error instanceof Error ? error.message : String(error);
/** Of one without a code its words, without those that differ from one to the next: ids, counts, instants. */ function kindOf(error) {
    if (!(error instanceof Error)) return wordsOf(error).slice(0, 80);
    const { code } = error;
    const words = typeof code === 'string' || typeof code === 'number' ? String(code) : error.message;
    // Cut first: who sends nonsense decides how long it is, and each word is looked through from each of its letters.
    return `${error.name} ${words.slice(0, LOOKED_AT).replaceAll(/\S*\d\S*/g, '…')}`;
}

//# sourceMappingURL=troubles.js.map