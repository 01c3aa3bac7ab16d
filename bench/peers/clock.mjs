// Clocks and statistics for the processes of the contenders. The wall clock is comparable between processes of one
// machine to well below a millisecond.
export const wall = () => performance.timeOrigin + performance.now();
export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));

/** About as large as what a run of ours is told. */
export const payload = (n) => ({
  n,
  at: wall(),
  tenant: 'tenant-42',
  user: `user-${n}`,
  connection: `connection-${n}`,
  operation: 'incremental_sync',
});

/** `count` numbers. */
export const numbers = (first, count) => Array.from({ length: count }, (_, n) => first + n);

/** `work(n)` for n from 0 to count, at most `inFlight` at a time; milliseconds that each took. */
export async function pool(count, inFlight, work) {
  const took = new Float64Array(count);
  let next = 0;
  const one = async () => {
    while (next < count) {
      const n = next++;
      const begun = performance.now();
      await work(n);
      took[n] = performance.now() - begun;
    }
  };
  await Promise.all(Array.from({ length: Math.min(count, inFlight) }, one));
  return took;
}

/** `work(n)` begun at a steady rate, whether or not the last one has ended: a slow answer delays nobody's start. */
export async function paced(count, perSecond, work) {
  const took = new Float64Array(count);
  const begin = performance.now();
  const all = [];
  for (let n = 0; n < count; n += 1) {
    await sleep(begin + (n * 1_000) / perSecond - performance.now());
    const begun = performance.now();
    all.push(work(n).then(() => (took[n] = performance.now() - begun)));
  }
  await Promise.all(all);
  return took;
}

/** Asking one by one, as often as goes or at a pace: when it began, and what each took. */
export const asking = (ask) => ({
  single: async ({ count, inFlight }) => ({ begun: wall(), took: [...(await pool(count, inFlight, ask))] }),
  pace: async ({ count, perSecond }) => ({ begun: wall(), took: [...(await paced(count, perSecond, ask))] }),
});

/** What a worker saw: who started how late, whose run ended, and when the last was over. */
export class Tally {
  lateness = [];
  /** Of those that are told apart. */
  few = [];
  #ended = [];
  #waiting = [];

  /** @param {number | undefined} due where absent, each job says when it was asked for. */
  constructor(due) {
    this.due = due;
  }

  started(at, few = false) {
    (few ? this.few : this.lateness).push(wall() - (this.due ?? at));
  }

  /** @param {number | string} whose what it belongs to; noted only, since the clock runs. */
  ended(whose) {
    this.#ended.push(whose);
    this.#look();
  }

  #look() {
    for (const wait of this.#waiting) if (this.#ended.length >= wait.count) wait.resolve(wall());
  }

  get over() {
    return this.#ended.length;
  }

  /**
   * Once the clock has stopped: who was to run has run once. Where not all are over yet, at most once.
   * @param {Iterable<number | string>} asked all that were to run
   * @throws what voids the figure
   */
  prove(asked, complete = true) {
    const left = new Set(asked);
    const wrong = this.#ended.filter((whose) => !left.delete(whose));
    if (wrong.length === 0 && (left.size === 0 || !complete)) return;
    const few = (all) => [...all].slice(0, 3).join(', ');
    throw new Error(
      `the figure is void: ${wrong.length} ended twice or were not asked for (${few(wrong)}), ${left.size} did not end (${few(left)})`,
    );
  }

  /** When the count-th job was over; null where that took longer than allowed. */
  async until(count, cutMs = 600_000) {
    let timer;
    const cut = new Promise((resolve) => (timer = setTimeout(resolve, cutMs, null)));
    const done = new Promise((resolve) => {
      this.#waiting.push({ count, resolve });
      this.#look();
    });
    const last = await Promise.race([done, cut]);
    clearTimeout(timer);
    return last;
  }
}
