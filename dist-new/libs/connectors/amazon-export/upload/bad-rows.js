import { RowQuality } from '../../kit/index.js';
export const isBad = (reading)=>typeof reading === 'object' && reading !== null && 'bad' in reading;
/** Counts the rows of one file and says of each bad one where it is. */ export class BadRows {
    #quality;
    #row;
    constructor(label, stream, limit){
        this.label = label;
        this.stream = stream;
        this.#row = 0;
        this.#quality = new RowQuality(label, limit);
    }
    good() {
        this.#row++;
        this.#quality.good();
    }
    /** @throws {ConnectorError} SCHEMA_DRIFT when there are too many. */ bad({ bad }) {
        this.#row++;
        this.#quality.bad();
        return {
            kind: 'rejected',
            stream: this.stream,
            reason: `${this.label}, row ${this.#row}: ${bad}`
        };
    }
    /** @throws {ConnectorError} SCHEMA_DRIFT when not one row was good. */ finish() {
        this.#quality.finish();
    }
}

//# sourceMappingURL=bad-rows.js.map