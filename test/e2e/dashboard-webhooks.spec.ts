import { afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Tab } from './browser.js';
import { webhookStage, tabForEach } from './dashboard-stage.js';
import { items, type Service } from './support.js';

/** Endpoints of the product, from the page: registered, tried, mended. */

const stage = webhookStage('dashboard-webhooks.spec');
const { inBrowser, receiver, registered } = stage;

let service: Service;
let tab: Tab;

beforeAll(() => {
  ({ service } = stage);
});

inBrowser('given the page of webhooks', () => {
  tabForEach(stage, (opened) => (tab = opened));
  afterEach(async () => {
    for (const { id } of items(await service.get('/v1/webhooks')))
      await service.send('DELETE', `/v1/webhooks/${String(id)}`);
    await service.settled();
    receiver.takes();
    receiver.told.length = 0;
  });

  const shownSecret = async (): Promise<string> =>
    (await tab.page.getByRole('region', { name: 'Secret' }).locator('code').textContent()) ?? '';

  test('one is registered, and its secret is shown once: signed with it a test is taken, and so after a rotation', async () => {
    await (await tab.go('#/webhooks')).live();
    await tab.sees('No webhook is registered');
    await tab.click('New webhook');
    await tab.fill('URL', receiver.url);
    await tab.fill('Description', 'Ours');
    await tab.page.getByLabel('run succeeded', { exact: true }).check();
    await tab.page.getByLabel('All: Conflicts', { exact: true }).check();
    await tab.fill('Of users', 'ann, bob');
    await tab.click('Register webhook');
    await tab.sees(/It is not shown again/);
    receiver.secret = await shownSecret();
    expect(receiver.secret).toMatch(/^whsec_/);
    expect(await tab.page.evaluate('document.activeElement.ariaLabel')).toBe('Secret');
    await tab.sees('all of conflicts, run succeeded');
    const [made] = items(await service.get('/v1/webhooks'));
    expect(made).toMatchObject({
      description: 'Ours',
      filter: {
        types: ['RunSucceeded', 'ConflictDetected', 'ConflictAcknowledged', 'ConflictResolved'],
        users: ['ann', 'bob'],
      },
    });
    await tab.click(`Send a test: ${receiver.url}`);
    await tab.sees(/It was taken with status 204/);
    await tab.page.getByRole('link', { name: receiver.url }).click();
    await tab.click('Rotate secret');
    await tab.page.getByRole('dialog').getByRole('button', { name: 'Rotate' }).click();
    await tab.sees(/what is sent is signed with the one before as well/);
    const next = await shownSecret();
    expect(next).not.toBe(receiver.secret);
    receiver.secret = next;
    await tab.click('Send a test');
    await tab.sees(/It was taken with status 204/);
    expect(receiver.forged).toEqual([]);
    await tab.page.getByRole('link', { name: 'Runs', exact: true }).click();
    // Back before the page has followed, it would never have been left.
    await tab.page.getByRole('heading', { name: 'Runs' }).waitFor();
    await tab.page.goBack();
    await tab.page.getByRole('heading', { name: receiver.url }).waitFor();
    expect(await tab.page.getByText(/whsec_/).count()).toBe(0);
    expect(await tab.page.evaluate('sessionStorage.length + localStorage.length')).toBe(0);
  });

  test('one that fails is pending with the reason; delivered again it is not; disabled, it goes on from now, and is deleted', async () => {
    // Long enough that it is not tried again by itself.
    receiver.answers(500, { 'retry-after': '600' }, 'out of order <b>');
    const id = await registered({ filter: { types: ['ScheduleCreated'] } });
    await (await tab.go(`#/webhooks/${id}`)).live();
    await tab.sees('Nothing was sent yet');
    const told = await service.schedule('told', { name: 'Told one' });
    const row = tab.page.getByRole('row', { name: /schedule created/ });
    await row.getByText('pending').waitFor();
    await row.getByText('answered 500: out of order <b>').waitFor();
    await row.getByText('Told one').waitFor();
    await tab.page.getByRole('combobox', { name: 'Status' }).selectOption('pending');
    await row.getByText('answered 500').waitFor();
    receiver.takes();
    await tab.click(/^Deliver again/);
    await tab.sees('Deliver again: 1 done');
    await tab.sees('No delivery is like that');
    await tab.page.getByRole('link', { name: 'Show all of them' }).click();
    await row.getByText('delivered').waitFor();
    await tab.click('Disable');
    await tab.page.getByLabel(/^Note for/).fill('while it moves');
    await tab.page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click();
    await tab.sees(/: while it moves/);
    await service.schedule('untold');
    await tab.click('Enable');
    await tab.page.getByLabel('Go on').selectOption('now');
    await tab.sees(/^This skips everything that happened since it stopped/);
    await tab.page.getByRole('dialog').getByRole('button', { name: 'Enable' }).click();
    await tab.page.locator('h1').getByText('active').waitFor();
    const stream = `schedule-${told}`;
    expect(receiver.told.map(({ body }) => body['stream'])).toEqual([stream, stream]);
    await tab.click('Delete');
    const dialog = tab.page.getByRole('dialog', { name: `Delete ${receiver.url}?` });
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await tab.sees('No webhook is registered');
  });

  test('an address that is not allowed is refused in the words of the service, at its field', async () => {
    const url = 'http://192.168.1.7/hook';
    await tab.go('#/webhooks');
    await tab.click('New webhook');
    await tab.fill('URL', url);
    await tab.click('Register webhook');
    const { body } = await service.post('/v1/webhooks', { url });
    await tab.sees(String(body['detail']));
    await tab.page.locator('[name="url"][aria-invalid="true"]').waitFor();
    expect(items(await service.get('/v1/webhooks'))).toEqual([]);
    expect(await tab.page.getByRole('region', { name: 'Secret' }).count()).toBe(0);
  });
});
