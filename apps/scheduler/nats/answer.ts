import type { NatsConnection } from '@nats-io/transport-node';
import type { BatchItem } from '../api/schedule-batch.js';
import { problem, type Problem } from '../api/problem.js';

export type NatsAnswer =
  | { readonly ok: true; readonly result: object }
  /** RFC 9457 problem details, as over HTTP. */
  | { readonly ok: false; readonly problem: object };

const DETAIL_KEPT = 100;
/** Of a message, for what subject, headers, an envelope or a key add. */
const HEADROOM = 1_024;

/** Bytes that may be said in one message. */
export const roomIn = (nc: NatsConnection | undefined): number =>
  (nc?.info?.max_payload ?? Infinity) - HEADROOM;

const itemsOf = (result: object): readonly BatchItem[] | undefined =>
  'items' in result && 'refused' in result ? (result.items as readonly BatchItem[]) : undefined;

/**
 * An answer of at most `most` bytes, which is what the NATS server takes: a larger one cannot be sent, and whoever asked
 * would wait in vain. A batch was done whatever its answer's size: its refusals are told more briefly. Anything else of
 * that size was a question, and may be asked for less.
 */
export function fitted(answer: NatsAnswer, most: number): NatsAnswer {
  if (Buffer.byteLength(JSON.stringify(answer)) <= most) return answer;
  if (!answer.ok) return { ok: false, problem: headOf(answer.problem) };
  const items = itemsOf(answer.result);
  if (items === undefined) {
    const less = 'ask for less with limit where there is one, or over HTTP';
    const detail = `the answer is larger than the ${most} bytes that the NATS server takes: ${less}`;
    return { ok: false, problem: problem(413, 'answer_too_large', detail) };
  }
  return { ok: true, result: { ...answer.result, items: items.map(brief) } };
}

function brief(item: BatchItem): BatchItem {
  if (item.ok) return { ok: true, result: { ...item.result, warnings: [] } };
  const { type, title, status, detail } = item.problem;
  return { ok: false, problem: { type, title, status, detail: detail.slice(0, DETAIL_KEPT) } };
}

function headOf(problem: object): object {
  const { type, title, status, detail } = problem as Partial<Problem>;
  return { type, title, status, detail: detail?.slice(0, DETAIL_KEPT) };
}

/** What was refused: the whole, or of a batch some of it, each by its place. Undefined where nothing was. */
export function refusalOf(answer: NatsAnswer): object | undefined {
  if (!answer.ok) return answer.problem;
  const items = itemsOf(answer.result) ?? [];
  const refused = items.flatMap((item, index): { readonly index: number; readonly problem: Problem }[] =>
    item.ok ? [] : [{ index, problem: item.problem }],
  );
  if (refused.length === 0) return undefined;
  const detail = `${refused.length} of ${items.length} schedules were refused`;
  return problem(409, 'schedules_refused', detail, { refused });
}
