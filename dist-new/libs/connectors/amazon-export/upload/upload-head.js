import { ConnectorError, shownName } from '../../kit/index.js';
const HEAD_BYTES = 4096;
/** @throws {ConnectorError} CONFIG: too large. */ export async function refuseOversize(handle, file, limits) {
    const { size } = await handle.stat();
    if (size > limits.maxFileBytes) throw refused('file_size', `${shownName(file)} is larger than we accept`);
}
/**
 * The first bytes of an upload, which tell what it is more reliably than its name.
 * @throws {ConnectorError} CONFIG: empty, or too large.
 */ export async function uploadHead(handle, file, limits) {
    const { size } = await handle.stat();
    if (size === 0) throw refused('file_empty', `${shownName(file)} is empty: upload it again`);
    await refuseOversize(handle, file, limits);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const bytes = buffer.subarray(0, bytesRead);
    return {
        zip: bytes.subarray(0, 2).toString('latin1') === 'PK',
        bytes,
        text: bytes.toString('utf8').replace(/^\uFEFF/, '')
    };
}
export const refused = (code, message)=>new ConnectorError('CONFIG', message, {
        code
    });

//# sourceMappingURL=upload-head.js.map