import { beforeAll, expect, test } from '@jest/globals';
import type { Tab } from './browser.js';
import { dashboardStage, tabForEach } from './dashboard-stage.js';
import { items, type Service } from './support.js';

/** The past of a schedule, run from its page. */

const stage = dashboardStage('dashboard-backfill.spec');
const { inBrowser } = stage;

let service: Service;
let tab: Tab;

beforeAll(() => {
  ({ service } = stage);
});

const AFTER = 'After (Europe/Berlin)';
const UP_TO = 'Up to (Europe/Berlin)';
/** Within the hour by which Berlin is ahead. */
const twice = { frequency: 'daily', times: ['03:00', '03:30'], zone: 'UTC' };
const daily = { frequency: 'daily', times: ['03:00'], zone: 'UTC' };

inBrowser('given the page of a schedule, read in Berlin', () => {
  tabForEach(stage, (opened) => (tab = opened), { timezoneId: 'Europe/Berlin' });

  const opened = async (id: string): Promise<void> => {
    await (await tab.go(`#/schedules/${id}`)).live();
    await tab.click('Backfill');
  };
  const invalid = (field: string): Promise<void> =>
    tab.page.locator(`[name="${field}"][aria-invalid="true"]`).waitFor();

  test('a range of its past is run, by the clock of whoever reads, and each run shows up', async () => {
    const id = await service.listed('past', { name: 'Past one', recurrence: twice });
    await opened(id);
    await tab.sees(/whether it ran then or not, one after the other\. At most 500/);
    await tab.sees(/told in Europe\/Berlin, where you are; the schedule is in UTC/);
    // Four o’clock in Berlin is three in UTC: what was due at the first is left out, at the second it is run.
    await tab.fill(AFTER, '2026-01-01T04:00');
    await tab.fill(UP_TO, '2026-01-03T04:00');
    await tab.click('Run the past');
    await tab.sees('4 runs were added.');
    expect(await tab.page.evaluate('document.activeElement.textContent')).toBe('Backfill');
    await tab.page.getByRole('link', { name: 'See what becomes of them' }).click();
    const rows = tab.page.getByRole('row', { name: /backfill/ });
    for (const n of [0, 1, 2, 3]) await rows.nth(n).getByText('succeeded').waitFor();
    const runs = items(await service.get(`/v1/runs?schedule=${id}`));
    expect(runs.map(({ nominal, trigger }) => [nominal, trigger])).toEqual([
      ['2026-01-03T03:00:00.000Z', 'backfill'],
      ['2026-01-02T03:30:00.000Z', 'backfill'],
      ['2026-01-02T03:00:00.000Z', 'backfill'],
      ['2026-01-01T03:30:00.000Z', 'backfill'],
    ]);
  });

  test('a range in which nothing was due says so', async () => {
    const id = await service.listed('empty', { recurrence: daily });
    await opened(id);
    await tab.fill(AFTER, '2026-01-01T05:00');
    await tab.fill(UP_TO, '2026-01-01T06:00');
    await tab.click('Run the past');
    await tab.sees('Nothing was due in that range: there is nothing to run.');
  });

  test('a range without an end, of the future, backwards or too long is refused at its field, and nothing runs', async () => {
    const id = await service.listed('refused', { recurrence: { frequency: 'hourly' } });
    await opened(id);
    await tab.fill(AFTER, '2026-01-01T00:00');
    await tab.click('Run the past');
    await invalid('to');
    await tab.sees(/must be an instant/);
    await tab.fill(UP_TO, '2199-01-01T00:00');
    await tab.click('Run the past');
    await tab.sees(/to must lie in the past/);
    await invalid('to');
    await tab.fill(UP_TO, '2025-12-31T00:00');
    await tab.click('Run the past');
    await tab.sees('from must lie before to');
    await invalid('from');
    await tab.fill(UP_TO, '2026-03-01T00:00');
    await tab.click('Run the past');
    await tab.sees(/holds more than 500 occurrences; ask for a shorter one/);
    expect(await tab.page.getByLabel(AFTER, { exact: true }).inputValue()).toBe('2026-01-01T00:00');
    expect(items(await service.get(`/v1/runs?schedule=${id}`))).toEqual([]);
  });

  test('a form that is closed gives the focus back, and another takes its place', async () => {
    const id = await service.listed('focus');
    await opened(id);
    await tab.click('Close');
    expect(await tab.page.evaluate('document.activeElement.textContent')).toBe('Backfill');
    expect(await tab.page.getByRole('region', { name: 'Backfill' }).count()).toBe(0);
    await tab.click('Backfill');
    await tab.click('Edit');
    await tab.page.getByRole('region', { name: 'Edit' }).waitFor();
    expect(await tab.page.getByRole('region', { name: 'Backfill' }).count()).toBe(0);
  });

  test('a schedule that is over offers none', async () => {
    const completed = service.next('ScheduleCompleted');
    const id = await service.schedule('over', {
      maxRuns: 1,
      recurrence: { frequency: 'interval', every: 1 },
    });
    await completed;
    await service.settled();
    await (await tab.go(`#/schedules/${id}`)).live();
    await tab.page.locator('h1').getByText('completed').waitFor();
    expect(await tab.page.getByRole('button', { name: 'Backfill' }).count()).toBe(0);
  });
});
