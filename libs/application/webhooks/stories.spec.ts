import { expect, test } from '@jest/globals';
import type { StoredEvent } from '#lib/contracts/events';
import { DAY, HOUR, MINUTE, SECOND } from '#lib/domain/kernel';
import { MOST_ATTEMPTS, retryTable } from '#lib/domain/webhook';
import { manners, type MannerName } from './testing/receivers.js';
import { Rig } from './testing/rig.js';

/**
 * Stories of four days: endpoints of all sorts, whoever delivers killed amid what it did, two who deliver at once, a store
 * whose answers are lost. After them everybody is well, and what the log and the receivers know is held against what
 * happened (P30, P31).
 */
// oxlint-disable-next-line house/pure -- how long to search is for whoever runs the test to say
const STORIES = Number(process.env['WEBHOOK_STORIES'] ?? 60);
// oxlint-disable-next-line house/pure -- as above
const FIRST = Number(process.env['WEBHOOK_SEED'] ?? 1);
/** A test's bound is for the few; in milliseconds. */
const LONGEST = 60_000 + STORIES * 2_000;
const names = Object.keys(manners) as readonly MannerName[];
const TYPES = ['RunCancelRequested', 'ScheduleDeleted'] as const;

type Happened = { readonly id: string; readonly type: string; readonly position: number };

class Story {
  readonly rig: Rig;
  readonly #manner = new Map<string, MannerName>();
  /** Of each endpoint: the types that it asked for. */
  readonly asked = new Map<string, readonly string[]>();

  constructor(seed: number) {
    this.rig = new Rig(seed);
  }

  #below(most: number): number {
    return Math.floor(this.rig.random() * most);
  }

  async #registers(): Promise<void> {
    const id = `w${this.asked.size}`;
    const types = this.rig.random() < 0.5 ? [TYPES[this.#below(2)] as string] : [...TYPES];
    const manner = names[this.#below(names.length)] as MannerName;
    this.#manner.set(id, manner);
    this.rig.receivers.behave(id, manners[manner]);
    this.asked.set(id, types);
    await this.rig.register(id, { types });
  }

  async #step(): Promise<void> {
    const { rig } = this;
    const draw = rig.random();
    if (draw < 0.7) await rig.happens(`s${this.#below(9)}`, TYPES[this.#below(2)]);
    else if (draw < 0.75 && this.asked.size < 9) await this.#registers();
    else if (draw < 0.8) rig.kill();
    else if (draw < 0.84 && rig.running < 2) rig.begin();
    else if (draw < 0.88) rig.trouble = rig.trouble === 0 ? 0.4 : 0;
    if (rig.running === 0) rig.begin();
    const lengths = [0, 0, 0, 30, 5 * SECOND, 10 * MINUTE, 5 * HOUR];
    await rig.pass(lengths[this.#below(lengths.length)] ?? 0);
  }

  async run(): Promise<void> {
    const { rig } = this;
    for (let n = 0; n < 3; n += 1) await this.#registers();
    const until = rig.time.clock.now() + 4 * DAY;
    while (rig.time.clock.now() < until) await this.#step();
    rig.trouble = 0;
    for (const id of this.asked.keys()) rig.receivers.behave(id, manners.healthy);
    while (rig.running > 0) rig.kill();
    rig.begin();
    for (const id of this.asked.keys())
      if (
        (await rig.log(id)).findLast(({ type }) => /^Webhook(En|Dis)abled$/.test(type))?.type ===
        'WebhookDisabled'
      )
        await rig.command(id, { type: 'EnableWebhook' });
    await rig.pass(2 * DAY);
    await rig.stop();
  }

  async happened(id: string): Promise<readonly Happened[]> {
    const [registered] = await this.rig.log(id);
    if (registered?.type !== 'WebhookRegistered') return [];
    const { after } = registered.data;
    const all = await this.rig.store.readAll(after, 100_000, { prefixes: ['schedule-'] });
    return all.filter(({ type }) => this.asked.get(id)?.includes(type));
  }
}

const positions = (log: readonly StoredEvent[], type: string): readonly number[] =>
  log.filter((event) => event.type === type).map(({ data }) => (data as { position: number }).position);

/** Each event that an endpoint asked for was taken, or given up; what it takes and what the log says agree. */
async function assertTold(story: Story, id: string): Promise<void> {
  const log = await story.rig.log(id);
  const taken = new Set(story.rig.receivers.of(id).flatMap((got) => (got.taken ? [got.id] : [])));
  const settled = new Set([
    ...positions(log, 'DeliverySucceeded'),
    ...positions(log, 'DeliveryDeadLettered'),
  ]);
  const happened = await story.happened(id);
  expect(happened.filter(({ position }) => !settled.has(position))).toEqual([]);
  const said = new Set(positions(log, 'DeliverySucceeded'));
  expect(happened.filter((event) => said.has(event.position) && !taken.has(event.id))).toEqual([]);
  // Nothing else was sent, and each of them in the same words every time.
  const known = new Set(happened.map((event) => event.id));
  expect(story.rig.receivers.of(id).filter((got) => !known.has(got.id))).toEqual([]);
  const words = new Map<string, string>();
  for (const { id: event, body } of story.rig.receivers.of(id)) {
    expect(words.get(event) ?? body).toBe(body);
    words.set(event, body);
  }
  // Said once each: two who deliver at once do not say it twice.
  expect(positions(log, 'DeliverySucceeded')).toHaveLength(said.size);
}

/** Tries are numbered without a gap, ten at most, none before its time, and its time is the table's. */
async function assertByTheTable(story: Story, id: string): Promise<void> {
  const due = new Map<number, { readonly attempt: number; readonly at: number }>();
  for (const event of await story.rig.log(id)) {
    const { at } = event.metadata;
    // Whoever enables it again wants to see it at once.
    if (event.type === 'WebhookEnabled') for (const [of, { attempt }] of due) due.set(of, { attempt, at });
    if (
      event.type !== 'DeliverySucceeded' &&
      event.type !== 'DeliveryFailed' &&
      event.type !== 'DeliveryDeadLettered'
    )
      continue;
    const { position, attempt } = event.data;
    const before = due.get(position) ?? { attempt: 0, at: 0 };
    expect(attempt).toBe(before.attempt + 1);
    expect(attempt).toBeLessThanOrEqual(MOST_ATTEMPTS);
    expect(at).toBeGreaterThanOrEqual(before.at);
    if (event.type !== 'DeliveryFailed') continue;
    const { retryAt } = event.data;
    const delay = retryTable[attempt - 1] ?? 0;
    expect(retryAt - at).toBeGreaterThanOrEqual(Math.floor(delay * 0.9));
    expect(retryAt - at).toBeLessThanOrEqual(Math.max(Math.ceil(delay * 1.1), 90 * SECOND));
    due.set(position, { attempt, at: retryAt });
  }
}

test(
  `given ${STORIES} stories, every event is taken or given up, under one id and in the same words, tried by the table`,
  async () => {
    for (let seed = FIRST; seed < FIRST + STORIES; seed += 1) {
      const story = new Story(seed);
      await story.run();
      for (const id of story.asked.keys()) {
        try {
          await assertTold(story, id);
          await assertByTheTable(story, id);
        } catch (error) {
          throw new Error(`seed ${seed}, endpoint ${id}`, { cause: error });
        }
      }
      expect(story.rig.errors.filter((each) => !each.includes('did not answer'))).toEqual([]);
    }
  },
  LONGEST,
);
