import { crc32, deflateRawSync } from 'node:zlib';
const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const DEFLATE = 8;
const UTF8_NAMES = 0x0800;
/** Writes a ZIP in memory (APPNOTE 6.3), without date and without checking names: hostile archives are the point. */ export function zip(files) {
    const locals = [];
    const centrals = [];
    let offset = 0;
    for (const file of files){
        const plain = Buffer.from(file.text);
        const packed = deflateRawSync(plain);
        const name = Buffer.from(file.name, 'utf8');
        const facts = factsOf(file, plain, packed, name.length);
        const local = Buffer.concat([
            u32(LOCAL),
            u16(20),
            facts,
            name,
            packed
        ]);
        centrals.push(Buffer.concat([
            u32(CENTRAL),
            u16(20),
            u16(20),
            facts,
            u16(0),
            u16(0),
            u16(0),
            u32(0),
            u32(offset),
            name
        ]));
        locals.push(local);
        offset += local.length;
    }
    const directory = Buffer.concat(centrals);
    const count = u16(files.length);
    const end = [
        u32(END),
        u16(0),
        u16(0),
        count,
        count,
        u32(directory.length),
        u32(offset),
        u16(0)
    ];
    return Buffer.concat([
        ...locals,
        directory,
        ...end
    ]);
}
/** What the local and the central header say alike, from the flags to the length of the extra field. */ function factsOf(file, plain, packed, nameLength) {
    const flags = UTF8_NAMES | (file.encrypted === true ? 1 : 0);
    const sizes = [
        u32(packed.length),
        u32(file.claimedBytes ?? plain.length)
    ];
    return Buffer.concat([
        u16(flags),
        u16(file.method ?? DEFLATE),
        u32(0),
        u32(file.claimedCrc ?? crc32(plain)),
        ...sizes,
        u16(nameLength),
        u16(0)
    ]);
}
function u16(value) {
    const bytes = Buffer.alloc(2);
    bytes.writeUInt16LE(value);
    return bytes;
}
function u32(value) {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value);
    return bytes;
}

//# sourceMappingURL=zip-writer.js.map