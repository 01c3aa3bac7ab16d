import { afterEach, expect, test } from '@jest/globals';
import { SECOND } from '#lib/domain/kernel';
import { closeOpened } from '../testing/stand-ins.js';
import { customer, SYNC } from '../testing/plaid-customer.js';
import { Rig } from '../testing/index.js';
import type { PlaidItem } from '../testing/plaid-items.js';
import type { PlaidStandIn } from '../testing/plaid-stand-in.js';

afterEach(closeOpened);

const MERCHANTS = ['Cinema Club', 'Yoga House', 'Book Box', 'Netflix'] as const;
const STORIES = Number(process.env['PLAID_STORIES'] ?? 40);

/** Mulberry32. */
function draws(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** What happens at a bank over some months, and what Plaid makes of it, by draw. */
class Story {
  readonly removed = new Set<string>();
  readonly #paid = new Map<string, string[]>(MERCHANTS.map((name) => [name, []]));
  readonly #streams = new Map<string, string>();
  #day = Date.parse('2025-01-01');

  constructor(
    private readonly plaid: PlaidStandIn,
    private readonly item: PlaidItem,
    private readonly draw: (below: number) => number,
  ) {}

  happen(): void {
    const merchant = MERCHANTS[this.draw(MERCHANTS.length)] ?? 'Netflix';
    const acts = [this.#pay, this.#pay, this.#pay, this.#modify, this.#remove, this.#tell, this.#tell, this.#untell];
    acts[this.draw(acts.length)]?.call(this, merchant);
  } // prettier-ignore

  trouble(): void {
    const kind = this.draw(6);
    if (kind === 0) this.plaid.script(SYNC, { kind: 'drop' });
    if (kind === 1) this.item.afterPage = () => this.happen();
    if (kind === 2) this.item.afterPage = () => this.plaid.script(SYNC, { kind: 'truncate' });
  }

  /** The bank calls a third of them otherwise. */
  #pay(merchant: string): void {
    this.#day += 86_400_000;
    const date = new Date(this.#day).toISOString().slice(0, 10);
    const more = { date, amount: 1 + this.draw(50) };
    const otherwise = this.draw(3) === 0;
    const id = otherwise
      ? this.item.pay(null, `PAYPAL ${'ABCDEFGH'[this.draw(8)]}`, more)
      : this.item.pay(merchant, merchant.toUpperCase(), more);
    this.#paid.get(merchant)?.push(id);
  }

  #modify(merchant: string): void {
    const id = this.#anyOf(merchant);
    if (id !== undefined) this.item.modify(id, { amount: 100 + this.draw(50) });
  }

  #remove(merchant: string): void {
    const id = this.#anyOf(merchant);
    if (id === undefined) return;
    this.item.remove(id);
    this.removed.add(id);
  }

  /** Plaid sees that a merchant's payments recur, or sees those that have come since. */
  #tell(merchant: string): void {
    // Plaid does not say which way it sorts them.
    const live = this.draw(2) === 0 ? this.#live(merchant) : this.#live(merchant).toReversed();
    const stream = this.#streams.get(merchant);
    if (live.length === 0) return;
    if (stream !== undefined) this.item.retell(stream, { transaction_ids: live });
    else this.#streams.set(merchant, this.item.recognise(live, { merchant_name: merchant }));
  }

  #untell(merchant: string): void {
    const stream = this.#streams.get(merchant);
    if (stream === undefined) return;
    if (this.draw(2) === 0) this.item.retell(stream, { is_active: false, status: 'TOMBSTONED' });
    else {
      this.item.retell(stream, undefined);
      this.#streams.delete(merchant);
    }
  }

  #live(merchant: string): readonly string[] {
    return (this.#paid.get(merchant) ?? []).filter((id) => !this.removed.has(id));
  }

  #anyOf(merchant: string): string | undefined {
    const live = this.#live(merchant);
    return live[this.draw(live.length)];
  }
}

const seeds = Array.from({ length: STORIES }, (_, n) => n + 1);

test.each(seeds)(
  'story %i of a bank: syncs bring what one full sync brings, and keep nothing that is gone',
  async (seed) => {
    const draw = draws(seed);
    const { plaid, item, rig } = await customer({}, 3 + draw(30));
    const story = new Story(plaid, item, draw);
    item.tellsWhatWent = draw(2) === 0;
    for (let sync = 0; sync < 12; sync++) {
      for (let act = draw(8); act > 0; act--) story.happen();
      story.trouble();
      rig.clock.move(SECOND);
      const operation = draw(5) === 0 ? 'full_sync' : 'incremental_sync';
      expect(['succeeded', 'failed']).toContain((await rig.run(operation)).kind);
    }
    item.afterPage = undefined;
    // What is scripted still is met by one run each.
    for (let left = 14; left > 0; left--) await rig.run();
    rig.clock.move(SECOND);
    await rig.run();
    const whole = new Rig(rig.options);
    expect(await whole.run('full_sync')).toMatchObject({ kind: 'succeeded' });
    for (const { key, data } of whole.sink.of('charges'))
      expect(rig.sink.records.get(`charges ${key}`)?.data).toEqual(data);
    expect(keysOf(rig)).toEqual(keysOf(whole));
    const takenBack = rig.sink.of('charges').filter(({ key }) => story.removed.has(key));
    expect(takenBack.filter(({ data }) => data['amount_minor'] !== 0)).toEqual([]);
  },
);

const keysOf = (rig: Rig): readonly string[] =>
  rig.sink
    .of('subscriptions')
    .map(({ key }) => key)
    .sort();
