import { Reader } from './reader.js';
/** Events read in one go: of more, most would be copied by the collector before they are folded. */ const PAGE_ROWS = 1_000;
/**
 * Part of a log, for a thread of its own: all events of its streams, up to a position. Together the shares of a log have
 * every event once, and each is verified by the one that has it.
 */ export class LogShare {
    #reader;
    #streams;
    /**
   * @param upTo the position of the last event; default: that of the newest there is
   * @param looks whether to look if an event is missing; default: the first share does
   * @throws {CorruptEvent} one is.
   */ constructor(path, share, upTo, looks = share.nth === 0){
        this.#reader = new Reader(path);
        this.upTo = upTo ?? this.#reader.head();
        this.#streams = this.#reader.range(share, this.upTo);
        if (looks) this.assertWhole();
    }
    /** @throws {CorruptEvent} an event is missing. Reading goes by it: in a share that is nothing unusual. */ assertWhole() {
        this.#reader.assertWhole(this.upTo);
    }
    /** What comes after a position, at most so many; empty at the end. */ page(after, most = PAGE_ROWS) {
        return this.#reader.share(this.#streams, {
            after,
            upTo: this.upTo,
            rows: Math.min(most, PAGE_ROWS)
        });
    }
    close() {
        this.#reader.close();
    }
}

//# sourceMappingURL=log-share.js.map