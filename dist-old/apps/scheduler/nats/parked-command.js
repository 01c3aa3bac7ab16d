import { createHash } from 'node:crypto';
/** Of a problem's words, where all of it is too long. */ const DETAIL_KEPT = 500;
/** Whatever is asked of connections, be there such a verb or not. */ const MAY_HOLD_SECRETS = /\.connections\.[^.]+$/;
/**
 * What is kept of a command that was refused, in at most `most` bytes: all of it where that fits. Else the problems of a
 * batch are told more briefly; then the payload is left out, by which who sent it can tell which it was: its length and
 * SHA-256; then of the problem only what it is. Of what may hold a secret, sent in spite of all, no payload is kept, and no
 * digest that it could be guessed from.
 */ export function parkedCommand({ subject, seq: sequence, data }, problem, most) {
    const payload = Buffer.from(data).toString('base64');
    const sha256 = createHash('sha256').update(data).digest('hex');
    const secret = MAY_HOLD_SECRETS.test(subject);
    const told = {
        payloadBytes: data.length,
        ...secret ? {} : {
            payloadSha256: sha256
        }
    };
    const whole = secret ? told : {
        payload
    };
    const forms = [
        ()=>({
                subject,
                sequence,
                problem,
                ...whole
            }),
        ()=>({
                subject,
                sequence,
                problem: brief(problem),
                ...whole
            }),
        ()=>({
                subject,
                sequence,
                problem: brief(problem),
                ...told
            })
    ];
    for (const form of forms){
        const text = JSON.stringify(form());
        if (Buffer.byteLength(text) <= most) return text;
    }
    return JSON.stringify({
        subject,
        sequence,
        problem: headOf(problem),
        ...told
    });
}
function headOf(problem) {
    const { type, title, status, detail } = problem;
    return {
        type,
        title,
        status,
        detail: detail?.slice(0, DETAIL_KEPT)
    };
}
/** Of a batch, which of its schedules and why, in a word each. */ function brief(problem) {
    const { refused } = problem;
    if (refused === undefined) return headOf(problem);
    const why = refused.map(({ index, problem: { type, status } })=>({
            index,
            problem: {
                type,
                status
            }
        }));
    return {
        ...headOf(problem),
        refused: why
    };
}

//# sourceMappingURL=parked-command.js.map