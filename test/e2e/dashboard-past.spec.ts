import { beforeAll, expect, test } from '@jest/globals';
import type { Tab } from './browser.js';
import { dashboardStage, tabForEach } from './dashboard-stage.js';
import { laterThan, type Service } from './support.js';

/** A schedule as it was. */

const stage = dashboardStage('dashboard-past.spec');
const { inBrowser } = stage;

let service: Service;
let tab: Tab;

beforeAll(() => {
  ({ service } = stage);
});

inBrowser('given a schedule that is changed, paused and deleted', () => {
  tabForEach(stage, (opened) => (tab = opened));

  test('each moment of its log leads to what it was then, from where it can be made so again; the log stays when it is deleted', async () => {
    const id = await service.listed('past', { name: 'First name', priority: 'high' });
    const later = async (): Promise<void> => {
      const { body } = await service.get(`/v1/schedules/${id}/events?limit=1`);
      const [last] = body['items'] as { readonly at: string }[];
      await laterThan(Date.parse(last?.at ?? ''));
      await service.settled();
    };
    await later();
    const moments = tab.page.locator('.log .when a');
    await service.send('PATCH', `/v1/schedules/${id}`, { name: 'Second name', priority: 'low' });
    await later();
    // Back to what it was, and then changed once more.
    await tab.go(`#/schedules/${id}`);
    await moments.nth(1).click();
    await tab.click('Define it like this again');
    await tab.page.getByRole('heading', { name: 'First name active' }).waitFor();
    await tab.page.getByRole('region', { name: 'Definition' }).getByText('high').waitFor();
    expect((await service.get(`/v1/schedules/${id}`)).body).toMatchObject({
      name: 'First name',
      priority: 'high',
      version: 3,
    });
    await moments.nth(2).waitFor();
    await moments.nth(0).click();
    await tab.sees('As of');
    expect(await tab.page.getByRole('main').getByRole('button').count()).toBe(0);
    await service.send('PATCH', `/v1/schedules/${id}`, { name: 'Second name', priority: 'low' });
    await later();
    await service.post(`/v1/schedules/${id}/pause`, { note: 'while the bank is closed' });
    await later();
    await service.send('DELETE', `/v1/schedules/${id}`);
    await service.settled();
    await tab.go(`#/schedules/${id}`);
    await tab.sees('This schedule is not there');
    await moments.nth(5).waitFor();
    await moments.nth(5).click();
    await tab.page.getByRole('heading', { name: 'First name active' }).waitFor();
    await tab.page.getByRole('region', { name: 'Definition' }).getByText('high').waitFor();
    await moments.nth(0).waitFor();
    expect(await moments.count()).toBe(1);
    expect(await tab.page.getByRole('main').getByRole('button').count()).toBe(0);
    await tab.page.goBack();
    await moments.nth(1).click();
    await tab.page.getByRole('heading', { name: 'Second name paused' }).waitFor();
    await tab.page
      .getByRole('region', { name: 'Then', exact: true })
      .getByText('while the bank is closed')
      .waitFor();
    await tab.page.getByRole('link', { name: 'As it is now' }).click();
    await tab.sees('This schedule is not there');
    await moments.nth(0).click();
    await tab.sees('There was no such schedule then');
    await tab.go(`#/schedules/${id}?at=yesterday`);
    await tab.sees(/must be an instant like/);
  });
});
