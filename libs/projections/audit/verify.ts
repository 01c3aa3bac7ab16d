import type { KeyObject } from 'node:crypto';
import { isEventStoreError } from '#lib/event-store/port';
import { link, ORIGIN } from './chain.js';
import { isSigned, sumOf, type Digest, type Sealed } from './digest.js';
import type { DigestFolder } from './digest-folder.js';
import type { ReadLog } from './seal.js';

/** What is not as it was sealed. Positions are of the log; a number is a digest's. */
export type AuditFinding =
  | {
      readonly kind: 'events_altered';
      readonly after: number;
      readonly upTo: number;
      readonly message: string;
    }
  | { readonly kind: 'log_truncated'; readonly upTo: number; readonly message: string }
  | { readonly kind: 'log_damaged'; readonly message: string }
  | { readonly kind: 'not_sealed'; readonly message: string }
  | { readonly kind: 'digest_missing'; readonly number: number; readonly message: string }
  | { readonly kind: 'digest_altered'; readonly number: number; readonly message: string }
  | { readonly kind: 'not_signed'; readonly number: number; readonly message: string }
  | { readonly kind: 'anchor_differs'; readonly number: number; readonly message: string };

export type AuditReport = {
  readonly findings: readonly AuditFinding[];
  /** Digests that were read, anchors not counted. */
  readonly digests: number;
  /** Events that were chained; up to which position they are sealed, and what the chain is there. */
  readonly events: number;
  readonly sealedUpTo: number;
  readonly chain: string;
  /** Events that no digest covers yet: about them nothing can be said. */
  readonly unsealed: number;
};

export type VerifyOptions = {
  readonly read: ReadLog;
  readonly folder: DigestFolder;
  /** Digests that were kept elsewhere: whoever can write to log and folder alike cannot change these. */
  readonly anchors?: readonly Sealed[];
  /** Given: each digest must be signed by the private key to it. */
  readonly publicKey?: KeyObject | undefined;
};

const PAGE = 1_000;

/** The folder's digests as far as they can be read, and what is wrong with them among themselves. */
function readDigests({ folder, publicKey }: VerifyOptions, findings: AuditFinding[]): readonly Sealed[] {
  const digests: Sealed[] = [];
  let before: Sealed | undefined;
  let expected = 1;
  for (const number of folder.numbers()) {
    if (number > expected) {
      const which =
        number === expected + 1 ? `digest ${expected} is` : `digests ${expected} to ${number - 1} are`;
      findings.push({ kind: 'digest_missing', number: expected, message: `${which} not in the folder` });
      before = undefined;
    }
    expected = number + 1;
    const altered = (message: string): unknown =>
      findings.push({ kind: 'digest_altered', number, message: `digest ${number}: ${message}` });
    try {
      const read = folder.read(number);
      digests.push(read);
      const { digest } = read;
      if (digest.number !== number) altered(`it says that it is number ${digest.number}`);
      if (number === 1 ? digest.previous !== null : before !== undefined && digest.previous !== sumOf(before))
        altered('it was not made after the one before it, as that one is now');
      if (before !== undefined && digest.after !== before.digest.upTo)
        altered(`it begins after position ${digest.after}, and not after ${before.digest.upTo}`);
      if (publicKey !== undefined && !isSigned(read, publicKey))
        findings.push({
          kind: 'not_signed',
          number,
          message: `digest ${number} is not signed with this key`,
        });
      before = read;
    } catch (error) {
      altered((error as Error).message);
      before = undefined;
    }
  }
  return digests;
}

/** Walks the log and says, at each position where a digest ends, whether it is what was sealed. */
class Walk {
  chain = ORIGIN;
  events = 0;
  position = 0;
  sealedUpTo = 0;
  sealedChain = ORIGIN;
  unsealed = 0;
  /** Events since the position where the last digest ended. */
  #since = 0;
  readonly #marks: readonly { readonly digest: Digest; readonly anchor: boolean }[];
  #next = 0;

  constructor(
    digests: readonly Sealed[],
    anchors: readonly Sealed[],
    readonly findings: AuditFinding[],
  ) {
    this.#marks = [
      ...digests.map(({ digest }) => ({ digest, anchor: false })),
      ...anchors.map(({ digest }) => ({ digest, anchor: true })),
      // Anchors first: they are held against the log as it is, and not as a digest beside it says that it was.
    ].sort((one, other) => one.digest.upTo - other.digest.upTo || Number(other.anchor) - Number(one.anchor));
  }

  async through(read: ReadLog): Promise<void> {
    for (;;) {
      const page = await read(this.position, PAGE);
      if (page.length === 0) break;
      for (const event of page) {
        this.#reach(event.position - 1);
        this.chain = link(this.chain, event);
        this.events += 1;
        this.#since += 1;
        this.unsealed += 1;
        this.position = event.position;
        this.#reach(event.position);
      }
    }
    const beyond = this.#marks.slice(this.#next).at(-1)?.digest;
    if (beyond === undefined) return;
    const { upTo, sealedAt, number } = beyond;
    const message = `the log ends at position ${this.position}; it was sealed up to ${upTo} at ${sealedAt} (digest ${number})`;
    this.findings.push({ kind: 'log_truncated', upTo, message });
  }

  /** What ends at or before a position is held against the chain. */
  #reach(position: number): void {
    for (let mark = this.#marks[this.#next]; mark !== undefined; mark = this.#marks[this.#next]) {
      if (mark.digest.upTo > position) return;
      this.#next += 1;
      if (mark.anchor) this.#anchor(mark.digest);
      else this.#digest(mark.digest);
    }
  }

  #anchor(digest: Digest): void {
    if (digest.chain === this.chain && digest.upTo === this.position) return;
    const { number, upTo, sealedAt } = digest;
    const message = `up to position ${upTo} the log is not the one that was sealed at ${sealedAt} (anchor, digest ${number})`;
    this.findings.push({ kind: 'anchor_differs', number, message });
  }

  #digest({ number, after, upTo, events, chain, sealedAt }: Digest): void {
    // Where the digest before this one is missing, what was counted is of both pieces.
    const other = after === this.sealedUpTo && events !== this.#since;
    if (chain !== this.chain || upTo !== this.position || other) {
      const counted = other ? `: ${this.#since} events where there were ${events}` : '';
      const message = `what lies after position ${after} up to ${upTo} is not what was sealed at ${sealedAt} (digest ${number})${counted}`;
      this.findings.push({ kind: 'events_altered', after, upTo, message });
    }
    // From what was sealed: so that a piece which is whole is not blamed for one before it.
    this.chain = chain;
    this.sealedChain = chain;
    this.sealedUpTo = upTo;
    this.#since = 0;
    this.unsealed = 0;
  }
}

/** Holds a log against what was sealed of it. Reads all of it, and changes nothing. */
export async function verifyAudit(options: VerifyOptions): Promise<AuditReport> {
  const findings: AuditFinding[] = [];
  const digests = readDigests(options, findings);
  if (digests.length === 0)
    findings.push({ kind: 'not_sealed', message: 'there is no digest in the folder' });
  const walk = new Walk(digests, options.anchors ?? [], findings);
  try {
    await walk.through(options.read);
  } catch (error) {
    if (!isEventStoreError(error, 'corrupt_event')) throw error;
    findings.push({ kind: 'log_damaged', message: error.message });
  }
  return {
    findings,
    digests: digests.length,
    events: walk.events,
    sealedUpTo: walk.sealedUpTo,
    chain: walk.sealedChain,
    unsealed: walk.unsealed,
  };
}
