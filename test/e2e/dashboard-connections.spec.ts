import { beforeAll, expect, test } from '@jest/globals';
import { netflixZip } from '#lib/connectors/testing';
import type { Tab } from './browser.js';
import { dashboardStage, tabForEach } from './dashboard-stage.js';
import type { Service } from './support.js';

/** Users' links to their providers, from the page: found, checked, suspended and restored. */

const stage = dashboardStage('dashboard-connections.spec');
const { inBrowser } = stage;

const SECRET = 'a-refresh-token-that-nobody-is-shown';

let service: Service;
let tab: Tab;

beforeAll(() => {
  ({ service } = stage);
});

async function registered(id: string, more: object = {}): Promise<void> {
  await service.send('PUT', `/v1/connections/${id}`, {
    user: 'ann',
    provider: 'netflix',
    connector: 'netflix.export',
    config: { file: `${id}.zip` },
    ...more,
  });
  await service.settled();
}

inBrowser('given the page of connections', () => {
  tabForEach(stage, (opened) => (tab = opened));

  const row = (name: string) => tab.page.getByRole('row', { name: new RegExp(name) });
  const confirm = (name: string): Promise<void> =>
    tab.page.getByRole('dialog').getByRole('button', { name, exact: true }).click();

  test('with none, it says who registers them', async () => {
    await (await tab.go('#/')).live();
    await tab.page.getByRole('link', { name: 'Connections', exact: true }).click();
    await tab.sees('There are no connections yet');
    expect(await tab.page.title()).toBe('Connections · Syncopate');
  });

  test('with several, they are found by user, provider and status, and one is shown without its secrets', async () => {
    await registered('found-netflix');
    await registered('found-spotify', {
      user: 'bob',
      provider: 'spotify',
      connector: undefined,
      config: undefined,
      credentials: { refresh_token: SECRET },
    });
    await service.post('/v1/connections/found-spotify/suspend', { message: 'lost phone' });
    await service.settled();
    await (await tab.go('#/connections')).live();
    await row('found-netflix').getByText('active').waitFor();
    await row('found-spotify').getByText('somebody asked for it: lost phone').waitFor();
    await tab.fill('User', 'ann');
    await row('found-spotify').waitFor({ state: 'detached' });
    await tab.fill('User', '');
    await row('found-spotify').waitFor();
    await tab.fill('Provider', 'spotify');
    await row('found-netflix').waitFor({ state: 'detached' });
    await tab.page.getByRole('combobox', { name: 'Status' }).selectOption('active');
    await tab.sees('No connection is like that');
    await tab.page.getByRole('link', { name: 'Show all of them' }).click();
    await row('found-netflix').getByRole('link', { name: 'found-netflix' }).click();
    const profile = tab.page.getByRole('region', { name: 'Profile' });
    await profile.getByText('netflix.export').waitFor();
    await profile.getByText('found-netflix.zip').waitFor();
    await tab.go('#/connections/found-spotify');
    await profile.getByText('none: it is left to the sync engine').waitFor();
    expect(await tab.page.content()).not.toContain(SECRET);
  });

  test('one is suspended with a reason and restored with a note, and its schedule pauses and goes on', async () => {
    await registered('held-netflix');
    const id = await service.listed('held-netflix', { provider: 'netflix', name: 'Held one' });
    await (await tab.go('#/connections/held-netflix')).live();
    await row('Held one').getByText('active').waitFor();
    await tab.click('Suspend');
    await tab.fill('Reason, for whoever meets it (optional)', 'the bank calls back');
    await confirm('Suspend');
    await tab.sees('Suspend: 1 done');
    await tab.sees(/^Suspended since/);
    await tab.sees(/^Because somebody asked for it: the bank calls back\./);
    await row('Held one').getByText('paused').first().waitFor();
    await row('Held one').getByRole('link', { name: 'Held one' }).click();
    const reasons = tab.page.locator('.reasons');
    await reasons.getByText(/is suspended since .* somebody asked for it: the bank calls back/).waitFor();
    await reasons.getByRole('link', { name: 'held-netflix' }).click();
    const restored = service.next('ConnectionRestored');
    await tab.click('Restore');
    await tab.page.getByLabel(/^Note for/).fill('it called');
    await confirm('Restore');
    expect(await restored).toEqual({ note: 'it called' });
    await tab.page.locator('h1').getByText('active').waitFor();
    await row('Held one').getByText('active').waitFor();
    expect((await service.get(`/v1/schedules/${id}`)).body).toMatchObject({ status: 'active' });
    const log = tab.page.getByRole('region', { name: 'Its log' });
    await log.getByText('connection restored: “it called”').waitFor();
    const lines = await log.getByRole('listitem').allInnerTexts();
    const told = lines.map((line) => line.replaceAll(/\s+/g, ' '));
    expect(told.map((line) => /restored|suspended|claimed|registered/.exec(line)?.[0])).toEqual([
      'restored',
      'suspended',
      'claimed',
      'registered',
    ]);
    await log.getByRole('link', { name: /claimed/ }).click();
    await tab.page.locator('h1').getByText('Held one').waitFor();
    await (await tab.go('#/schedules')).live();
    await row('Held one').getByRole('link', { name: 'netflix' }).click();
    await tab.page.locator('h1').getByText('held-netflix').waitFor();
  });

  test('what will be due at a provider is shown with how late it starts, and the conflict that says so', async () => {
    await service.send('PUT', '/v1/providers/acme/limits', {
      concurrency: 5,
      userConcurrency: 5,
      rate: { starts: 2, per: 'PT1H' },
    });
    for (const n of [1, 2, 3, 4])
      await service.listed(`crowd-${n}`, { provider: 'acme', user: `crowd-${n}`, recurrence: 'daily' });
    await service.engine.forecast.look();
    await service.settled();
    await (await tab.go('#/report')).live();
    const comes = tab.page.getByRole('region', { name: 'What comes' });
    await comes.getByRole('combobox', { name: 'Provider' }).selectOption('acme');
    await comes.getByText('4 due in the next day').waitFor();
    await comes
      .getByText(/Its rate allows 2 starts an hour\. From .* on more is due than may start: up to 1 h late/)
      .waitFor();
    await (await tab.go('#/conflicts')).live();
    await row('resource limit')
      .getByText(/more is due at acme than may start/)
      .waitFor();
    await row('resource limit').getByRole('link', { name: 'those at acme' }).click();
    await row('crowd-1').waitFor();
  });

  test('one that no schedule acts on is removed, with its credentials', async () => {
    await registered('left-spotify', {
      provider: 'spotify',
      connector: undefined,
      config: undefined,
      credentials: { refresh_token: SECRET },
    });
    const id = await service.listed('left-spotify', { provider: 'spotify', user: 'ann', name: 'Left one' });
    const refused = await service.send('DELETE', '/v1/connections/left-spotify');
    expect(refused.body).toMatchObject({ type: 'urn:syncopate:problem:connection-in-use' });
    await (await tab.go('#/connections/left-spotify')).live();
    await row('Left one').waitFor();
    expect(await tab.page.getByRole('button', { name: 'Remove' }).count()).toBe(0);
    const released = service.next('ClaimReleased');
    await service.send('DELETE', `/v1/schedules/${id}`);
    await released;
    await tab.click('Remove');
    await tab.page.getByRole('checkbox', { name: 'Remove what was synced over it, too' }).check();
    const removed = service.next('ConnectionRemoved');
    await confirm('Remove');
    expect(await removed).toEqual({ records: 'forget' });
    await tab.sees('This connection is not there');
    const owner = { tenant: 'default', connection: 'left-spotify' };
    expect(await service.engine.vault.read(owner)).toBeUndefined();
    expect((await service.send('DELETE', '/v1/connections/left-spotify')).status).toBe(200);
    expect((await service.send('DELETE', '/v1/connections/never-there')).status).toBe(404);
  });

  test('one that was restored meanwhile is told of in the words of the service', async () => {
    await registered('twice-netflix');
    await service.post('/v1/connections/twice-netflix/suspend');
    await service.settled();
    await (await tab.go('#/connections')).live();
    await tab.click('Restore: twice-netflix');
    await service.post('/v1/connections/twice-netflix/restore');
    await confirm('Restore');
    await tab.sees('Restore: 1 refused');
    await tab.sees(/the connection is not suspended/);
    await row('twice-netflix').getByRole('button', { name: 'Suspend: twice-netflix' }).waitFor();
  });

  test('one whose export is missing is checked, told what is wrong, and works once it is there', async () => {
    await registered('late-netflix');
    const { body } = await service.post('/v1/connections/late-netflix/check');
    await (await tab.go('#/connections')).live();
    await tab.click('Check: late-netflix');
    await tab.sees(`It does not work, the data is still being made: ${String(body['message'])}`);
    await tab.click('Dismiss');
    await tab.page.locator('.notice').waitFor({ state: 'detached' });
    await fetch(`${service.server.url}/v1/connections/late-netflix/file`, {
      method: 'PUT',
      headers: { 'content-type': 'application/zip' },
      body: new Uint8Array(
        netflixZip({ months: 1, views: 1, plan: 'Standard', price: '13.99', currency: 'EUR' }),
      ),
    });
    await tab.page.getByRole('link', { name: 'late-netflix' }).click();
    await tab.click('Check');
    await tab.sees('Check of late-netflix');
    await tab.sees('It works.');
  });

  test('one that only a schedule names says so, and is not asked of its provider; one that nobody names is not there', async () => {
    const id = await service.listed('named-only', { name: 'Early one' });
    const ended = service.next('RunSucceeded');
    await service.post(`/v1/schedules/${id}/trigger`);
    const { run } = await ended;
    await service.settled();
    await (await tab.go(`#/runs/${String(run)}`)).live();
    await tab.page.getByRole('link', { name: 'named-only' }).click();
    await tab.sees('It is not registered');
    await tab.page.getByRole('button', { name: 'Suspend', exact: true }).waitFor();
    expect(await tab.page.getByRole('button', { name: 'Check' }).count()).toBe(0);
    await tab.go('#/connections/nobodys');
    await tab.sees('This connection is not there');
  });

  test('more than a page of them are gone through page by page', async () => {
    for (let n = 10; n < 37; n += 1)
      await service.send('PUT', `/v1/connections/many-${n}`, { user: 'many', provider: 'netflix' });
    await service.settled();
    await (await tab.go('#/connections?user=many')).live();
    await row('many-34').waitFor();
    expect(await row('many-35').count()).toBe(0);
    await tab.page.getByRole('link', { name: 'Next page' }).click();
    await row('many-36').waitFor();
    expect(await row('many-34').count()).toBe(0);
    await tab.page.getByRole('link', { name: 'First page' }).click();
    await row('many-10').waitFor();
  });
});
