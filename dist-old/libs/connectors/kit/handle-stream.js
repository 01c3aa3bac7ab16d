import { Readable } from 'node:stream';
const PIECE_BYTES = 64 * 1024;
/** The bytes of an open file from the start, by position: so that the handle outlives the stream and can be read again. */ export async function* handlePieces(handle) {
    for(let position = 0;;){
        const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(PIECE_BYTES), 0, PIECE_BYTES, position);
        if (bytesRead === 0) return;
        position += bytesRead;
        yield buffer.subarray(0, bytesRead);
    }
}
/** Node's own `createReadStream` closes the handle whenever the stream is destroyed, `autoClose` or not. */ export const handleStream = (handle)=>Readable.from(handlePieces(handle), {
        objectMode: false
    });

//# sourceMappingURL=handle-stream.js.map