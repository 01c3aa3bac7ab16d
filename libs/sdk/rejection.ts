import type { Refused } from '#lib/application/actors';
import type { Rejection } from '#lib/domain/kernel';

/** What was refused and why, as an error: `reason` comes from a closed list, `message` says what would be right. */
export class RequestRejected extends Error {
  override readonly name = 'RequestRejected';
  readonly reason: string;
  readonly field: string | undefined;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(rejection: Rejection) {
    super(rejection.message);
    this.reason = rejection.reason;
    this.field = rejection.field;
    this.details = rejection.details ?? {};
  }
}

/** @throws {RequestRejected} */
export function accepted<Answer extends { readonly ok: true }>(answer: Answer | Refused): Answer {
  if (!answer.ok) throw new RequestRejected(answer.rejection);
  return answer;
}
