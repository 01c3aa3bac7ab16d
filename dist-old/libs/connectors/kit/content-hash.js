import { createHash } from 'node:crypto';
import { throwIfCancelled } from './abort.js';
import { handlePieces } from './handle-stream.js';
/** SHA-256 over a file and whatever else decides how it is read, as `sha256:<hex>`. Streams; the handle stays open. */ export async function contentHash(handle, salt, signal) {
    const hash = createHash('sha256').update(salt).update('\0');
    for await (const piece of handlePieces(handle)){
        throwIfCancelled(signal);
        hash.update(piece);
    }
    return `sha256:${hash.digest('hex')}`;
}

//# sourceMappingURL=content-hash.js.map