import { SECOND, type Millis } from '#lib/domain/kernel';
import type { DeliveryResult } from '#lib/domain/webhook';
import type { WebhookMessage, WebhookSender } from '#lib/ports';
import type { VirtualTime } from '#lib/ports/testing';

export type Got = {
  readonly at: number;
  readonly id: string;
  readonly body: string;
  readonly taken: boolean;
};
export type Manner = (nth: number, message: WebhookMessage) => DeliveryResult | 'hangs';

const taken: DeliveryResult = { kind: 'delivered', status: 200, durationMs: 1 };
export const refusal = (status: number, retryAfterMs?: Millis): DeliveryResult => ({
  kind: 'failed',
  status,
  message: `answered ${status}`,
  durationMs: 1,
  ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
});

/** How endpoints of all sorts behave. */
export const manners = {
  healthy: () => taken,
  dead: () => 'hangs',
  flapping: (nth) => (nth % 3 === 0 ? taken : refusal(502)),
  /** Always the same ones. */
  choosy: (_, { id }) => (Number(id.slice(-2)) % 7 === 0 ? refusal(400) : taken),
  throttling: (nth) => (nth % 10 === 9 ? refusal(429, 90 * SECOND) : taken),
  moved: () => refusal(302),
  gone: (nth) => (nth < 5 ? taken : refusal(410)),
} as const satisfies Record<string, Manner>;
export type MannerName = keyof typeof manners;

const TIMEOUT = 15 * SECOND;

/** The world's side of webhooks: everything that came, by endpoint, and how it is answered. */
export class Receivers implements WebhookSender {
  readonly got = new Map<string, Got[]>();
  readonly #manners = new Map<string, Manner>();

  constructor(private readonly time: VirtualTime) {}

  behave(webhook: string, manner: Manner): void {
    this.#manners.set(webhook, manner);
  }

  of(webhook: string): readonly Got[] {
    return this.got.get(webhook) ?? [];
  }

  async send(message: WebhookMessage, signal: AbortSignal): Promise<DeliveryResult> {
    const all = this.got.get(message.webhook) ?? [];
    this.got.set(message.webhook, all);
    const manner: Manner = this.#manners.get(message.webhook) ?? manners.healthy;
    const answer = manner(all.length, message);
    const { id, body } = message;
    const at = this.time.clock.now();
    all.push({ at, id, body, taken: answer !== 'hangs' && answer.kind === 'delivered' });
    if (answer !== 'hangs') return answer;
    await new Promise<void>((resolve, reject) => {
      const cancel = this.time.timers.after(TIMEOUT, resolve);
      signal.addEventListener('abort', () => {
        cancel();
        reject(new Error('stopped'));
      });
    });
    return { kind: 'failed', message: 'took too long to answer', durationMs: TIMEOUT };
  }
}
