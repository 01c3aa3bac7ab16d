import { ConnectorError } from './connector-error.js';
/** Rows after which the share of bad ones says something. A shorter file is judged as one of so many. */ const MEANINGFUL = 20;
/** One bad row is counted; too many mean that the format changed, and then the file must not be taken for read. */ export class RowQuality {
    #good;
    #bad;
    /** `limit`: the largest tolerated share of bad rows, 0 … 1. */ constructor(file, limit){
        this.file = file;
        this.limit = limit;
        this.#good = 0;
        this.#bad = 0;
    }
    good() {
        this.#good++;
    }
    /** @throws {ConnectorError} SCHEMA_DRIFT once the share is over the limit in a meaningful number of rows. */ bad() {
        this.#bad++;
        if (this.#good + this.#bad >= MEANINGFUL) this.#judge();
    }
    /**
   * At the end of the file: here also a short file is judged. It may have as many bad rows as one of twenty may, so that one
   * odd row of five is only counted, unless not one of its rows was good.
   */ finish() {
        this.#judge(this.#good === 0 ? 0 : MEANINGFUL);
    }
    #judge(least = 0) {
        const rows = this.#good + this.#bad;
        if (rows === 0 || this.#bad / Math.max(rows, least) <= this.limit) return;
        throw new ConnectorError('SCHEMA_DRIFT', `${this.#bad} of ${rows} rows of ${this.file} are unreadable: its format has changed`, {
            code: 'bad_rows'
        });
    }
}

//# sourceMappingURL=row-quality.js.map