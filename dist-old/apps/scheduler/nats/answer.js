import { problem } from '../api/problem.js';
const DETAIL_KEPT = 100;
/** Of a message, for what subject, headers, an envelope or a key add. */ const HEADROOM = 1_024;
/** Bytes that may be said in one message. */ export const roomIn = (nc)=>(nc?.info?.max_payload ?? Infinity) - HEADROOM;
const itemsOf = (result)=>'items' in result && 'refused' in result ? result.items : undefined;
/**
 * An answer of at most `most` bytes, which is what the NATS server takes: a larger one cannot be sent, and whoever asked
 * would wait in vain. A batch was done whatever its answer's size: its refusals are told more briefly. Anything else of
 * that size was a question, and may be asked for less.
 */ export function fitted(answer, most) {
    if (Buffer.byteLength(JSON.stringify(answer)) <= most) return answer;
    if (!answer.ok) return {
        ok: false,
        problem: headOf(answer.problem)
    };
    const items = itemsOf(answer.result);
    if (items === undefined) {
        const less = 'ask for less with limit where there is one, or over HTTP';
        const detail = `the answer is larger than the ${most} bytes that the NATS server takes: ${less}`;
        return {
            ok: false,
            problem: problem(413, 'answer_too_large', detail)
        };
    }
    return {
        ok: true,
        result: {
            ...answer.result,
            items: items.map(brief)
        }
    };
}
function brief(item) {
    if (item.ok) return {
        ok: true,
        result: {
            ...item.result,
            warnings: []
        }
    };
    const { type, title, status, detail } = item.problem;
    return {
        ok: false,
        problem: {
            type,
            title,
            status,
            detail: detail.slice(0, DETAIL_KEPT)
        }
    };
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
/** What was refused: the whole, or of a batch some of it, each by its place. Undefined where nothing was. */ export function refusalOf(answer) {
    if (!answer.ok) return answer.problem;
    const items = itemsOf(answer.result) ?? [];
    const refused = items.flatMap((item, index)=>item.ok ? [] : [
            {
                index,
                problem: item.problem
            }
        ]);
    if (refused.length === 0) return undefined;
    const detail = `${refused.length} of ${items.length} schedules were refused`;
    return problem(409, 'schedules_refused', detail, {
        refused
    });
}

//# sourceMappingURL=answer.js.map