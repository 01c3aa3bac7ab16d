import { DDSketch } from '@datadog/sketches-js';
/** Quantiles are within 1 % of the true value. */ const RELATIVE_ACCURACY = 0.01;
const { mapping } = new DDSketch({
    relativeAccuracy: RELATIVE_ACCURACY
});
/** The sketch's bin of a value; undefined is the bin of zero, which takes everything too small to be told from it. */ export const binOf = (value)=>value > mapping.minPossible ? mapping.key(value) : undefined;
const zigzag = (value)=>value >= 0 ? value * 2 : -value * 2 - 1;
const unzigzag = (value)=>value % 2 === 0 ? value / 2 : -(value + 1) / 2;
/** Room for the most that a number takes. */ const VARINT_BYTES = 8;
/** Written into and copied from: growing an array of numbers, and taking bytes from it, takes ten times as long. */ let scratch = new Uint8Array(1_024);
/** Writes a whole number below 2^53 from an offset on; answers where it ended. */ function writeVarint(at, value) {
    let end = at;
    let rest = value;
    while(rest > 127){
        scratch[end] = rest % 128 | 128;
        end += 1;
        rest = Math.floor(rest / 128);
    }
    scratch[end] = rest;
    return end + 1;
}
/**
 * The bins of a DDSketch, sparse and sorted. The same values in any order give the same bytes, which the library's own
 * encoding (dense, with the history of its growth in it) does not promise. Merging adds counts and loses nothing.
 */ export class Bins {
    #zeros;
    /** Keys and counts in turn, in one array: most rows of statistics have one or two bins, and there are many rows. */ #bins;
    add(bin, count = 1) {
        if (bin === undefined) this.#zeros += count;
        else if (this.#bins === undefined) this.#bins = [
            bin,
            count
        ];
        else this.#count(this.#bins, bin, count);
    }
    #count(bins, bin, count) {
        let low = 0;
        let high = bins.length / 2;
        while(low < high){
            const middle = low + high >>> 1;
            if ((bins[2 * middle] ?? 0) < bin) low = middle + 1;
            else high = middle;
        }
        const at = 2 * low;
        if (bins[at] === bin) bins[at + 1] = (bins[at + 1] ?? 0) + count;
        else bins.splice(at, 0, bin, count);
    }
    merge(other) {
        this.#zeros += other.#zeros;
        for (const [key, count] of other)this.add(key, count);
    }
    *[Symbol.iterator]() {
        const bins = this.#bins ?? [];
        for(let at = 0; at < bins.length; at += 2)yield [
            bins[at] ?? 0,
            bins[at + 1] ?? 0
        ];
    }
    /** Varints: zeros, then for each bin the distance from the one before (the first zigzagged) and its count. */ encode() {
        const bins = this.#bins ?? [];
        const most = (1 + bins.length) * VARINT_BYTES;
        if (scratch.length < most) scratch = new Uint8Array(most * 2);
        let end = writeVarint(0, this.#zeros);
        let before;
        for(let at = 0; at < bins.length; at += 2){
            const key = bins[at] ?? 0;
            end = writeVarint(end, before === undefined ? zigzag(key) : key - before);
            end = writeVarint(end, bins[at + 1] ?? 0);
            before = key;
        }
        return scratch.slice(0, end);
    }
    static decode(bytes) {
        const values = [];
        let value = 0;
        let scale = 1;
        for (const byte of bytes){
            value += (byte & 127) * scale;
            scale *= 128;
            if (byte < 128) {
                values.push(value);
                value = 0;
                scale = 1;
            }
        }
        const bins = new Bins();
        bins.#zeros = values.shift() ?? 0;
        for(let at = 0; at < values.length; at += 2)values[at] = at === 0 ? unzigzag(values[0] ?? 0) : (values[at - 2] ?? 0) + (values[at] ?? 0);
        if (values.length > 0) bins.#bins = values;
        return bins;
    }
    get count() {
        let sum = this.#zeros;
        for (const [, count] of this)sum += count;
        return sum;
    }
    /** The values below which these shares lie; nulls when nothing was added. */ quantiles(...shares) {
        if (this.count === 0) return shares.map(()=>null);
        const sketch = new DDSketch({
            relativeAccuracy: RELATIVE_ACCURACY
        });
        if (this.#zeros > 0) sketch.accept(0, this.#zeros);
        for (const [key, count] of this)sketch.accept(mapping.value(key), count);
        return shares.map((share)=>sketch.getValueAtQuantile(share));
    }
    constructor(){
        this.#zeros = 0;
    }
}

//# sourceMappingURL=bins.js.map