import type { Instant } from '#lib/domain/kernel';
import type { SyncRecord } from '#lib/ports';
import { BadRows, recordKey } from '../amazon-export/upload/index.js';
import type { ConnectorContext, Message } from '../kit/index.js';
import { findings } from './chats.js';
import type { ChatgptConfig } from './manifest.js';
import { readUser, type User } from './small-files.js';
import type { Found, Sheet } from './source.js';
import { Tally } from './tally.js';

const PROGRESS_ROWS = 5_000;

/** What earlier uploads told, as the latest `update_time` of a conversation in them, Unix seconds. */
export type Before = {
  /** Of any: an upload that ends before it is an older one. */
  readonly newest?: number | undefined;
  /** Of what need not be told again; undefined when all is to be told. */
  readonly cursor?: number | undefined;
  /** No upload of before is known: what else is there was told by another schedule, of an upload that may be newer. */
  readonly first?: boolean;
};

/**
 * Reads one upload in whole before the first record of it is told: counts are of all conversations, and a file whose
 * format has changed replaces nothing.
 */
export class ChatgptImport {
  readonly #tally: Tally;
  #user: User | undefined;
  #done = 0;
  #rejected = false;
  readonly #began: Instant;

  constructor(
    private readonly context: ConnectorContext<ChatgptConfig>,
    private readonly found: Found,
    private readonly before: Before = {},
  ) {
    this.#began = context.environment.clock.now();
    this.#tally = new Tally(this.#began, before.cursor);
  }

  get latest(): number {
    return this.#tally.latest;
  }

  /** `rowsPerFile`: stop each file early, for a look at whether it can be read. */
  async *messages(rowsPerFile = Number.POSITIVE_INFINITY): AsyncGenerator<Message> {
    for (const sheet of this.found.sheets) {
      if (sheet.kind === 'user') this.#user = await readUser(sheet.open, sheet.label);
      else yield* this.#conversations(sheet, rowsPerFile);
    }
    if (this.#user !== undefined) yield { kind: 'record', record: this.#subscription(this.#user) };
    // What a newer upload told of the same days, it told with more of their conversations.
    const { whole } = this.found;
    if (whole && this.latest < (this.before.newest ?? 0)) return;
    for (const record of this.#tally.records(this.#user?.id ?? null)) yield { kind: 'record', record };
    if (whole) yield* this.#complete();
  }

  /**
   * A conversation that goes on moves its questions to the model that answered most by now, so a day may lose a model: what was
   * told before of the days that were told of again is withdrawn, and what conversations that are gone left, once all is told.
   * Not where something could not be read: it may be what those days were told for.
   */
  *#complete(): Generator<Message> {
    if (this.before.first === true || this.#rejected) return;
    const complete = { kind: 'complete', stream: 'usage', since: this.#began } as const;
    if (this.before.cursor === undefined) return yield complete;
    for (const day of this.#tally.freshDays) yield { ...complete, within: recordKey(day, '') };
  }

  async *#conversations({ label, open }: Sheet, most: number): AsyncGenerator<Message> {
    const { signal, config } = this.context;
    const rows = new BadRows(label, 'usage', config.maxBadRows);
    let count = 0;
    for await (const finding of findings(open, label, signal)) {
      const bad =
        finding.kind === 'message' ? this.#tally.message(finding) : this.#tally.conversation(finding);
      if (bad === undefined) rows.good();
      else {
        this.#rejected = true;
        yield rows.bad(bad);
      }
      if (++this.#done % PROGRESS_ROWS === 0) yield { kind: 'progress', done: this.#done };
      if (++count >= most) break;
    }
    rows.finish();
  }

  /** The flag does not tell Plus, Pro and Go apart, so a paid plan stays without its name. */
  #subscription({ id, chatgpt_plus_user: paid }: User): SyncRecord {
    const known = typeof paid === 'boolean';
    const asOf = this.latest === 0 ? null : new Date(this.latest * 1000).toISOString().slice(0, 10);
    return {
      stream: 'subscriptions',
      key: id ?? 'account',
      data: {
        account_ref: id ?? null,
        plan: known ? (paid ? 'paid' : 'free') : null,
        plan_raw: known ? `chatgpt_plus_user: ${paid}` : null,
        status: known ? 'active' : null,
        // The export does not say when it was made: at least then.
        as_of: asOf,
        source: 'export',
        confidence: 'medium',
      },
    };
  }
}
