import { basename } from 'node:path/posix';
import { pipeline, Transform } from 'node:stream';
import { crc32 } from 'node:zlib';
import yauzl from 'yauzl';
import { ConnectorError } from './connector-error.js';
export const zipLimits = {
    maxEntries: 10_000,
    maxUnpackedBytes: 4 * 1024 ** 3,
    maxRatio: 250
};
const RATIO_FLOOR = 10 * 1024 * 1024;
/**
 * Lists an archive by its central directory. Names are only ever compared, never used as paths; entries whose name
 * climbs out of its folder are left out all the same. The handle must outlive the members.
 * @throws {ConnectorError} CONFIG: not a ZIP, encrypted, or over a limit.
 */ export async function zipMembers(handle, limits) {
    try {
        // Names undecoded: with decoding on, one hostile name would end the whole listing.
        const zip = await yauzl.fromFdPromise(handle.fd, {
            autoClose: false,
            lazyEntries: true,
            decodeStrings: false
        });
        if (zip.entryCount > limits.maxEntries) throw refused('zip_entries', `the ZIP has more than ${limits.maxEntries} entries`);
        const members = [];
        let unpacked = 0;
        for await (const entry of zip.eachEntry()){
            unpacked += entry.uncompressedSize;
            check(entry, unpacked, limits);
            const path = yauzl.getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
            if (path.endsWith('/') || yauzl.validateFileName(path) !== null) continue;
            members.push({
                name: basename(path).toLowerCase(),
                bytes: entry.uncompressedSize,
                open: ()=>unpack(zip, entry)
            });
        }
        return members;
    } catch (error) {
        return unreadable(error);
    }
}
/** Other ways of packing, by APPNOTE 4.4.5: Windows takes the first for large files, 7-Zip and WinZip offer the others. */ const methods = {
    9: 'Deflate64',
    12: 'bzip2',
    14: 'LZMA',
    93: 'Zstandard',
    95: 'XZ',
    98: 'PPMd'
};
/** @throws {ConnectorError} CONFIG: packed in a way that we do not know, or damaged; the latter maybe from the stream. */ async function unpack(zip, entry) {
    const { compressionMethod: method } = entry;
    if (method !== 0 && method !== 8) {
        const how = methods[method] ?? `method ${method}`;
        throw refused('zip_method', `the ZIP is packed by ${how}, which we cannot unpack: upload it as it was given to you, or pack it again by Deflate`);
    }
    const stream = await zip.openReadStreamPromise(entry).catch(unreadable);
    // The error reaches whoever reads the last of the two.
    return pipeline(stream, checksum(entry.crc32), ()=>undefined);
}
/** Passes on what it is given and fails at its end if that is not what was packed: the library compares lengths only. */ function checksum(expected) {
    let sum = 0;
    return new Transform({
        transform (piece, _encoding, done) {
            sum = crc32(piece, sum);
            done(null, piece);
        },
        flush (done) {
            done(sum === expected ? null : refused('zip_damaged', 'the ZIP is damaged: download and upload it again'));
        }
    });
}
function check(entry, unpacked, limits) {
    if (entry.isEncrypted()) throw refused('zip_encrypted', 'the ZIP is protected by a password: upload it without one');
    if (unpacked > limits.maxUnpackedBytes) throw refused('zip_size', 'the ZIP unpacks to more than we accept');
    const ratio = entry.uncompressedSize / Math.max(entry.compressedSize, 1);
    if (entry.uncompressedSize > RATIO_FLOOR && ratio > limits.maxRatio) {
        throw refused('zip_ratio', 'the ZIP unpacks to suspiciously much: it is not an export as the provider makes it');
    }
}
function unreadable(error) {
    if (error instanceof ConnectorError) throw error;
    throw refused('zip_broken', 'the file is not a complete ZIP: download and upload it again');
}
const refused = (code, message)=>new ConnectorError('CONFIG', message, {
        code
    });

//# sourceMappingURL=zip-archive.js.map