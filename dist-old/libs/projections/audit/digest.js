import { sign, verify } from 'node:crypto';
import { z } from 'zod';
import { sha256 } from './chain.js';
const position = z.int().min(0);
const sum = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in hexadecimal');
/** What a digest says of a piece of the log. */ const schema = z.strictObject({
    version: z.literal(1),
    /** From 1, without a gap. */ number: z.int().min(1),
    /** The piece begins after this position: where the digest before it ended. */ after: position,
    /** The position of its last event. */ upTo: position,
    events: z.int().min(1),
    /** The chain after its last event, from the log's first on. */ chain: sum,
    /** SHA-256 of the file of the digest before it; null for the first. */ previous: sum.nullable(),
    sealedAt: z.iso.datetime(),
    /** Ed25519 over the file as it would be without this, in base64. Absent: nobody signs. */ signature: z.base64().optional()
});
const textOf = (digest)=>`${JSON.stringify(schema.parse(digest))}\n`;
export function sealed(digest, key) {
    const bare = {
        version: 1,
        ...digest
    };
    if (key === undefined) return {
        digest: bare,
        text: textOf(bare)
    };
    const signature = sign(null, Buffer.from(textOf(bare)), key).toString('base64');
    const signed = {
        ...bare,
        signature
    };
    return {
        digest: signed,
        text: textOf(signed)
    };
}
/** @throws {Error} saying what is wrong, when the text is no digest as {@link sealed} writes it. */ export function parseDigest(text) {
    let json;
    try {
        json = JSON.parse(text);
    } catch  {
        throw new Error('it is no JSON');
    }
    const parsed = schema.safeParse(json);
    if (!parsed.success) throw new Error(z.prettifyError(parsed.error).replaceAll('\n', ' '));
    if (textOf(parsed.data) !== text) throw new Error('it is not written as digests are');
    return {
        digest: parsed.data,
        text
    };
}
export const sumOf = ({ text })=>sha256(text);
/** Whether it was signed by whoever has the private key to this. */ export function isSigned({ digest }, publicKey) {
    const { signature, ...bare } = digest;
    if (signature === undefined) return false;
    return verify(null, Buffer.from(textOf(bare)), publicKey, Buffer.from(signature, 'base64'));
}

//# sourceMappingURL=digest.js.map