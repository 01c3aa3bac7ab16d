import { beforeAll, expect, test } from '@jest/globals';
import type { Tab } from './browser.js';
import { dashboardStage, tabForEach } from './dashboard-stage.js';
import type { Service } from './support.js';

/** What becomes of the page when two things happen at once, or one while it looks elsewhere. */

const stage = dashboardStage('dashboard-interplay.spec');
const { inBrowser } = stage;

let service: Service;
let tab: Tab;

beforeAll(() => {
  ({ service } = stage);
});

/** Holds back what is sent to an address until it is told to let it go. */
async function held(address: string): Promise<() => void> {
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  await tab.page.route(address, async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

inBrowser('given an open page', () => {
  tabForEach(stage, (opened) => (tab = opened));

  test('left for a while, it says how old it is, and asks anew instead of reading what it missed', async () => {
    const id = await service.schedule('left', { name: 'Name before' });
    await service.post(`/v1/schedules/${id}/skip-next`);
    await service.settled();
    await tab.page.clock.install();
    await tab.page.addInitScript(
      "Object.defineProperty(document, 'hidden', { get: () => window.away === true })",
    );
    const leave = (away: boolean): Promise<unknown> =>
      tab.page.evaluate(`window.away = ${away}; document.dispatchEvent(new Event('visibilitychange'))`);
    await (await tab.go(`#/runs?schedule=${id}`)).live();
    await tab.sees('Name before');
    await leave(true);
    await tab.page.clock.fastForward(31_000);
    await tab.sees(/^reconnecting since/);
    await service.send('PATCH', `/v1/schedules/${id}`, { name: 'Name after' });
    await service.settled();
    const followed = tab.page.waitForRequest(/\/v1\/events$/);
    await leave(false);
    expect((await followed).headers()['last-event-id']).toBeUndefined();
    await tab.live();
    await tab.sees('Name after');
  });

  test('what a schedule is called is asked for as of the change', async () => {
    const id = await service.schedule('renamed', { name: 'First name' });
    await service.post(`/v1/schedules/${id}/skip-next`);
    await service.settled();
    await (await tab.go(`#/runs?schedule=${id}`)).live();
    await tab.sees('First name');
    const asked = tab.page.waitForRequest((request) =>
      request.url().includes(`/v1/schedules/${id}?atLeast=`),
    );
    await service.send('PATCH', `/v1/schedules/${id}`, { name: 'Second name' });
    await asked;
    await tab.sees('Second name');
  });

  test('opened right after a run, a list whose first answer does not have it yet asks once more', async () => {
    const id = await service.listed('behind', { name: 'Behind one' });
    await (await tab.go(`#/schedules/${id}`)).live();
    await tab.sees('It has not run yet');
    const { body } = await service.get(`/v1/runs?schedule=${id}`);
    const late = /\/v1\/runs\?.*limit=25/;
    await tab.page.route(late, (route) => route.fulfill({ json: body }), { times: 1 });
    await service.post(`/v1/schedules/${id}/trigger`);
    await tab.page
      .locator('.log')
      .getByText(/^succeeded in/)
      .waitFor();
    await tab.go(`#/runs?schedule=${id}`);
    await tab.sees('No run is like that');
    await tab.page
      .getByRole('row', { name: /Behind one/ })
      .getByText('succeeded')
      .waitFor();
  });

  test('of two actions at once, each is told of to its end', async () => {
    for (const n of [1, 2]) await service.schedule(`twice-${n}`, { user: 'twice', name: `Twice ${n}` });
    await service.settled();
    const release = await held('**/resume');
    await (await tab.go('#/schedules?user=twice')).live();
    await tab.page.getByLabel('Select Twice 2').waitFor();
    await tab.page.getByLabel('Select all on this page').check();
    await tab.page.getByRole('toolbar').getByRole('button', { name: 'Resume' }).click();
    await tab.sees('Resume: 2 on the way');
    await tab.click('Skip next: Twice 1');
    await tab.sees('Skip next: 1 done');
    release();
    await tab.sees('Resume: 2 refused');
    await tab.sees('Skip next: 1 done');
    await tab.click('Dismiss all');
    await tab.page.locator('.notice').first().waitFor({ state: 'detached' });
  });

  test('an action that ends on another list does not bring the old one back', async () => {
    await service.schedule('there', { user: 'there', name: 'First' });
    await service.schedule('here', { user: 'here', name: 'Second' });
    await service.settled();
    const release = await held('**/trigger');
    await (await tab.go('#/schedules?user=there')).live();
    await tab.click('Run now: First');
    await tab.go('#/schedules?user=here');
    const row = tab.page.getByRole('row').nth(1);
    await row.getByText('Second').waitFor();
    const asked: string[] = [];
    tab.page.on('request', (request) => asked.push(request.url()));
    const again = tab.page.waitForRequest(/\/v1\/schedules\?user=here&.*atLeast=/);
    release();
    await tab.sees('Run now: 1 done');
    await (await again).response();
    await row.getByText('Second').waitFor();
    expect(asked.filter((url) => url.includes('user=there'))).toEqual([]);
  });

  test('a filter that is set while another is typed is kept', async () => {
    await (await tab.go('#/schedules')).live();
    await tab.fill('User', 'nobody');
    await tab.page.locator('select[name=status]').selectOption('paused');
    await tab.page.waitForURL(/user=nobody/);
    expect(tab.page.url()).toContain('status=paused');
  });
});
