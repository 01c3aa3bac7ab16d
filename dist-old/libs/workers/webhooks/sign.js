import { createHmac, randomBytes } from 'node:crypto';
/**
 * Signatures of the Standard Webhooks specification 1.0.0, scheme `v1`: HMAC-SHA256 over `id.timestamp.body`, under a
 * secret that is written as `whsec_` and the base64 of 24 to 64 bytes.
 */ const PREFIX = 'whsec_';
const BYTES = 32;
export const newSecret = ()=>PREFIX + randomBytes(BYTES).toString('base64');
/** Header `webhook-signature`: one signature for each secret that holds, so that a receiver may know either. */ export const signatures = ({ id, timestamp, body }, secrets)=>secrets.map((secret)=>{
        const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
        return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
    }).join(' ');

//# sourceMappingURL=sign.js.map