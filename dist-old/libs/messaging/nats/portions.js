import { BATCH_BYTES } from '#lib/contracts/messages';
/** As many items at a time as one message may carry: by their bytes, and at most so many. */ export function* portions(items, bytesOf, most = Number.POSITIVE_INFINITY) {
    let portion = [];
    let bytes = 0;
    for (const item of items){
        const more = bytesOf(item);
        if (portion.length === most || portion.length > 0 && bytes + more > BATCH_BYTES) {
            yield portion;
            portion = [];
            bytes = 0;
        }
        portion.push(item);
        bytes += more;
    }
    if (portion.length > 0) yield portion;
}

//# sourceMappingURL=portions.js.map