// Loaded by the writer's thread as it stands, without a build: only node: imports, only erasable types.
import { crc32 } from 'node:zlib';
/** Everything a row says, its position included, so that no part of it can change unseen. Signed: it takes 4 bytes on disk. */ export const eventChecksum = (at, id, type, data, metadata)=>crc32(`${at.position} ${at.revision} ${id} ${at.stream}\0${type}\0${data}\0${metadata}`) | 0;
export const snapshotChecksum = (stream, revision, version, state)=>crc32(`${revision} ${version} ${stream}\0${state}`) | 0;
export const uuidFromBytes = (bytes)=>uuidFromHex(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex'));
export const uuidFromHex = (hex)=>`${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;

//# sourceMappingURL=row-format.js.map