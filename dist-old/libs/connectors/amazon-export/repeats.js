import { ConnectorError } from '../kit/index.js';
/** A lifetime of monthly bills has some ten thousand components. */ const MAX_ROWS = 1_000_000;
/**
 * Amazon delivers a ZIP for each category, and the same folder lies in several: a row that another file of the upload tells
 * again is the same row, while one that a file tells twice is two.
 */ export class Repeats {
    #told;
    /** Whether a row is one more than the files before told of its identity. */ isNew(file, ...identity) {
        const key = JSON.stringify(identity);
        const row = this.#told.get(key) ?? {
            file,
            here: 0,
            taken: 0
        };
        if (this.#told.size >= MAX_ROWS) {
            throw new ConnectorError('SCHEMA_DRIFT', 'the export lists implausibly many components of orders', {
                code: 'too_many'
            });
        }
        this.#told.set(key, row);
        row.here = row.file === file ? row.here + 1 : 1;
        row.file = file;
        if (row.here <= row.taken) return false;
        row.taken = row.here;
        return true;
    }
    constructor(){
        this.#told = new Map();
    }
}

//# sourceMappingURL=repeats.js.map