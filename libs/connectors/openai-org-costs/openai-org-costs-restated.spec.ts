import { afterEach, describe, expect, test } from '@jest/globals';
import { DAY, HOUR } from '#lib/domain/kernel';
import { RecordingContext } from '../testing/index.js';
import { organization } from '../testing/openai-organization.js';
import { openaiPaths } from '../testing/openai-stand-in.js';
import { closeOpened } from '../testing/stand-ins.js';

afterEach(closeOpened);

type Organization = Awaited<ReturnType<typeof organization>>;

const chargesOn = ({ rig }: Organization, day: string): readonly unknown[] =>
  rig.sink
    .of('charges')
    .filter(({ data }) => data['occurred_on'] === day)
    .map(({ data }) => [data['description'], data['amount_minor'], data['currency']]);

/** Time goes by from run to run, as it does: what was told before a read is older than what is told in it. */
async function later({ rig, clock }: Organization, operation?: 'full_sync') {
  clock.move(HOUR);
  return await rig.run(operation);
}

describe('a day that was read', () => {
  const day = '2026-11-19';

  test('restated into other groups: its charges are those of the last telling, and no other day has changed', async () => {
    const demo = await organization({ groupBy: ['line_item'] });
    demo.openai.books.spend(day, { value: '10', line_item: 'A' }, { value: '5', line_item: 'B' });
    await demo.rig.run();
    const before = demo.rig.sink.of('charges').length;
    demo.openai.books.spend(day, { value: '15', line_item: 'C' });
    expect(await later(demo)).toMatchObject({ kind: 'succeeded', counts: { read: 1 } });
    expect(chargesOn(demo, day)).toEqual([['C', 1500, 'USD']]);
    expect(demo.rig.sink.of('charges')).toHaveLength(before - 1);
    expect(await later(demo)).toMatchObject({ kind: 'succeeded', counts: { read: 0 } });
    expect(chargesOn(demo, day)).toEqual([['C', 1500, 'USD']]);
  });

  test('restated to nothing, then in another currency: no charge, then the one', async () => {
    const demo = await organization();
    demo.openai.books.spend(day, { value: '10' });
    await demo.rig.run();
    demo.openai.books.spend(day);
    await later(demo);
    expect(chargesOn(demo, day)).toEqual([]);
    demo.openai.books.spend(day, { value: '9.2', currency: 'eur' });
    await later(demo);
    expect(chargesOn(demo, day)).toEqual([['OpenAI API', 920, 'EUR']]);
  });

  test('with usage of a model that is restated to another: usage of the last telling', async () => {
    const demo = await organization();
    await demo.rig.run();
    demo.openai.books.use(day, { model: 'demo-model-mini', input_tokens: 7, output_tokens: 1, num_model_requests: 1 }); // prettier-ignore
    await later(demo);
    const used = demo.rig.sink.of('usage').filter(({ data }) => data['occurred_at'] === day);
    expect(used.map(({ data }) => [data['item'], data['amount']])).toEqual([['demo-model-mini', 8]]);
  });

  test('stored, but killed before the checkpoint, and restated before the next attempt: counted once', async () => {
    const demo = await organization({ groupBy: ['line_item'], usage: false });
    const dying = new RecordingContext(() => {
      throw new Error('the process died');
    });
    await demo.rig.run('incremental_sync', {}, dying);
    demo.rig.state = undefined;
    demo.openai.books.spend(day, { value: '15', line_item: 'C' });
    await later(demo);
    expect(chargesOn(demo, day)).toEqual([['C', 1500, 'USD']]);
  });
});

test('settings that split days otherwise: each day is counted once, those before the first day stay', async () => {
  const config: { groupBy?: string[]; since: string } = { since: '2026-11-11' };
  const demo = await organization(config);
  demo.openai.books.spend('2026-11-19', { value: '10', line_item: 'A' }, { value: '5', line_item: 'B' });
  await demo.rig.run();
  expect(chargesOn(demo, '2026-11-19')).toEqual([['OpenAI API', 1500, 'USD']]);
  Object.assign(demo.rig.options.config as object, { groupBy: ['line_item'], since: '2026-11-12' });
  await later(demo);
  expect(chargesOn(demo, '2026-11-19')).toEqual([['A', 1000, 'USD'], ['B', 500, 'USD']]); // prettier-ignore
  expect(chargesOn(demo, '2026-11-11')).toHaveLength(1);
});

describe('an organization of many projects', () => {
  /** 170 days of 160 parts each: about 30 KB a day. */
  async function large(lines = 10) {
    const demo = await organization(
      { groupBy: ['project_id', 'line_item'], since: '2026-06-04', usage: false },
      1,
    );
    for (let back = 0; back < 170; back++) {
      const day = new Date(Date.parse('2026-11-20') - back * DAY).toISOString().slice(0, 10);
      const parts = Array.from({ length: 16 * lines }, (_, part) => ({
        value: '0.01',
        project_id: `proj_${'x'.repeat(24)}${part % 16}`,
        line_item: `demo-model-large-2026-01-01, input ${Math.floor(part / 16)}`,
      }));
      demo.openai.books.spend(day, ...parts);
    }
    return demo;
  }
  const asked = ({ openai }: Organization): readonly unknown[] =>
    openai.asked(openaiPaths.costs).map(({ query }) => query['limit']?.[0]);

  test('whose page is larger than we accept: is asked for half as many days, and read in full', async () => {
    const demo = await large();
    expect(await demo.rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 170 * 160 } });
    expect(asked(demo)).toEqual(['180', '90', '90']);
    expect(await later(demo)).toMatchObject({ kind: 'succeeded', counts: { read: 0 } });
  });

  test('of which a single day is larger than we accept: SCHEMA_DRIFT, after asking for one day', async () => {
    const demo = await organization({ groupBy: ['project_id', 'line_item'], usage: false });
    const parts = Array.from({ length: 12_000 }, (_, part) => ({ value: '0.01', project_id: `proj_${part}`, line_item: 'x'.repeat(299) })); // prettier-ignore
    demo.openai.books.spend('2026-11-15', ...parts);
    expect(await demo.rig.run()).toMatchObject({
      kind: 'failed',
      failure: { class: 'SCHEMA_DRIFT', code: 'body_too_large' },
    });
    expect(asked(demo).at(-1)).toBe('1');
    expect(demo.rig.sink.of('charges').map(({ data }) => data['occurred_on'])).toContain('2026-11-14');
  });
});
