import { JSONParser } from '@streamparser/json';
import { refused } from '../amazon-export/upload/index.js';
import { isConnectorError, throwIfCancelled } from '../kit/index.js';
/** An item is some 700 bytes; without a bound, one that never ends would be gathered until memory is gone. */ const MAX_ITEM_BYTES = 1024 * 1024;
/** With a buffer, strings of many pieces cost no string for each piece. */ const STRING_BUFFER = 4 * 1024;
/**
 * Streams what the outermost array or object of a JSON file holds. A file without a single byte holds nothing.
 * @throws {ConnectorError} CONFIG: not JSON, cut off, or an item over 1 MiB; CANCELLED.
 */ export async function* jsonItems(open, file, signal) {
    const stream = await open();
    const reader = new ItemReader(file);
    try {
        for await (const piece of stream){
            throwIfCancelled(signal);
            yield* reader.take(piece);
        }
        reader.finish();
    } catch (error) {
        // Unpacking fails in its own words when a ZIP is damaged, or holds more than it claims.
        throw isConnectorError(error) ? error : brokenJson(file);
    } finally{
        stream.destroy();
    }
}
let ItemReader = class ItemReader {
    #parser;
    #items;
    #sinceItem;
    #begun;
    constructor(file){
        this.file = file;
        this.#parser = new JSONParser({
            paths: [
                '$.*'
            ],
            keepStack: false,
            stringBufferSize: STRING_BUFFER,
            numberBufferSize: 64
        });
        this.#items = [];
        this.#sinceItem = 0;
        this.#begun = false;
        this.#parser.onValue = ({ key, value })=>void this.#items.push({
                key: key ?? '',
                value
            });
    }
    take(piece) {
        this.#begin(piece);
        // Throws errors of its own at what is not JSON.
        this.#parser.write(piece);
        const items = this.#items;
        this.#items = [];
        this.#sinceItem = items.length > 0 ? 0 : this.#sinceItem + piece.length;
        if (this.#sinceItem > MAX_ITEM_BYTES) throw refused('json_item', `${this.file} is not as Spotify makes it`);
        return items;
    }
    finish() {
        // A parser that has seen the outermost bracket close has ended itself.
        if (this.#begun && !this.#parser.isEnded) throw brokenJson(this.file);
    }
    /** A bare word or number would be parsed to its end without a single item. */ #begin(piece) {
        if (this.#begun) return;
        const first = piece.toString('latin1', 0, 64).replace(/^\u00ef\u00bb\u00bf/, '').trimStart();
        if (first === '') return;
        if (!/^[[{]/.test(first)) throw brokenJson(this.file);
        this.#begun = true;
    }
};
const brokenJson = (file)=>refused('json_broken', `${file} is not complete JSON: download and upload it again`);

//# sourceMappingURL=json-items.js.map