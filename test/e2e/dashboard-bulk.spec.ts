import { beforeAll, expect, test } from '@jest/globals';
import type { Tab } from './browser.js';
import { dashboardStage, tabForEach } from './dashboard-stage.js';
import { items, type Service } from './support.js';

/** One change of all schedules that match. */

const stage = dashboardStage('dashboard-bulk.spec');
const { inBrowser } = stage;

let service: Service;
let tab: Tab;

beforeAll(() => {
  ({ service } = stage);
});

inBrowser('given a list of schedules that is narrowed', () => {
  tabForEach(stage, (opened) => (tab = opened));

  const statuses = async (provider: string): Promise<readonly unknown[]> => {
    await service.settled();
    return items(await service.get(`/v1/schedules?provider=${provider}`)).map(({ status }) => status);
  };

  test('all that match are paused, as was told beforehand, and brought back but for what was changed since', async () => {
    const ids: string[] = [];
    for (const name of ['One', 'Two', 'Three'])
      ids.push(await service.listed(`bulk-${name}`, { provider: 'bulk-page', name }));
    await service.post(`/v1/schedules/${ids[2]}/pause`, { note: 'holiday' });
    await service.settled();
    await tab.go('#/schedules?provider=bulk-page');
    await tab.click('Change all that match');
    await tab.sees('Of 3 schedules 2 would be changed.');
    await tab.sees('1 is so already.');
    await tab.page.getByLabel('Note (optional)').fill('the provider moves');
    await tab.click('Pause 2 schedules');
    await tab.page.getByRole('heading', { name: 'Pause done' }).waitFor();
    const about = tab.page.getByRole('region', { name: 'What was asked' });
    await about.getByText('the provider moves').waitFor();
    await about.getByText('2 of 2').waitFor();
    expect(await statuses('bulk-page')).toEqual(['paused', 'paused', 'paused']);
    // Somebody has more to say of one of them.
    await service.post(`/v1/schedules/${ids[0]}/pause`, { note: 'for longer' });
    await tab.click('Undo');
    await tab.page.getByRole('dialog').getByRole('button', { name: 'Undo' }).click();
    await tab.page.getByRole('heading', { name: 'Pause undone' }).waitFor();
    await tab.page.getByRole('region', { name: 'Undone' }).getByText('1 of 2').waitFor();
    const rows = tab.page.getByRole('region', { name: 'Schedules' }).getByRole('row');
    await rows.filter({ hasText: 'One' }).getByText('somebody changed it meanwhile').waitFor();
    await rows.filter({ hasText: 'Two' }).getByText('brought back').waitFor();
    expect(await statuses('bulk-page')).toEqual(['paused', 'active', 'paused']);
    await tab.page.getByLabel('Outcome').selectOption('Left changed');
    await rows.filter({ hasText: 'Two' }).waitFor({ state: 'detached' });
    await tab.page.getByRole('link', { name: 'All bulk changes' }).click();
    const row = tab.page.getByRole('row').filter({ hasText: 'provider bulk-page' });
    await row.getByText('undone').waitFor();
    expect(await row.getByRole('button').count()).toBe(0);
  });

  test('a change of definitions is undone from the list of all, and nothing is offered where nothing would be changed', async () => {
    const id = await service.listed('bulk-four', { provider: 'bulk-priority', name: 'Four' });
    await tab.go('#/schedules?provider=bulk-priority');
    await tab.click('Change all that match');
    await tab.page.getByLabel('Change', { exact: true }).selectOption('Resume');
    await tab.sees('Of 1 schedule 0 would be changed.');
    expect(await tab.page.getByRole('button', { name: 'Resume', exact: true }).last().isDisabled()).toBe(
      true,
    );
    await tab.page.getByLabel('Change', { exact: true }).selectOption('Set the priority');
    await tab.click('Change 1 schedule');
    await tab.page.getByRole('heading', { name: 'Change priority done' }).waitFor();
    await service.settled();
    expect((await service.get(`/v1/schedules/${id}`)).body).toMatchObject({ priority: 'high' });
    await tab.go('#/bulk-changes');
    const row = tab.page.getByRole('row').filter({ hasText: 'provider bulk-priority' });
    await row.getByRole('button', { name: /^Undo/ }).click();
    await tab.page.getByRole('dialog').getByRole('button', { name: 'Undo' }).click();
    await row.getByText('undone').waitFor();
    await service.settled();
    expect((await service.get(`/v1/schedules/${id}`)).body).toMatchObject({ priority: 'normal' });
    await tab.go('#/bulk-changes/none');
    await tab.sees('This bulk change is not there');
  });
});
