import { afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Tab } from './browser.js';
import { webhookStage, tabForEach } from './dashboard-stage.js';
import { items, type Service } from './support.js';

/** An endpoint that is there already, from its page: changed, and told a range of the log again. */

const stage = webhookStage('dashboard-webhook-changes.spec');
const { inBrowser, receiver, registered } = stage;

let service: Service;
let tab: Tab;

beforeAll(() => {
  ({ service } = stage);
});

const stored = async (id: string): Promise<Record<string, unknown>> => {
  await service.settled();
  return (await service.get(`/v1/webhooks/${id}`)).body;
};

inBrowser('given the page of a webhook', () => {
  tabForEach(stage, (opened) => (tab = opened));
  afterEach(async () => {
    for (const { id } of items(await service.get('/v1/webhooks')))
      await service.send('DELETE', `/v1/webhooks/${String(id)}`);
    await service.settled();
    receiver.told.length = 0;
  });

  const opened = async (id: string, form: string): Promise<void> => {
    await (await tab.go(`#/webhooks/${id}`)).live();
    await tab.click(form);
  };
  const invalid = (field: string) => tab.page.locator(`[name="${field}"][aria-invalid="true"]`);
  const form = (name: string) => tab.page.getByRole('region', { name });
  const about = () => tab.page.getByRole('region', { name: 'About it' });

  test('its form is filled with what there is, and what was touched is changed, and nothing else', async () => {
    const filter = { types: ['ScheduleCreated'], users: ['ann', 'bob'], schedules: ['s-1'] };
    const id = await registered({ description: 'Ours', filter });
    await opened(id, 'Edit');
    const field = (label: string) => form('Edit').getByLabel(label, { exact: true });
    expect(await field('URL').inputValue()).toBe(receiver.url);
    expect(await field('Of users').inputValue()).toBe('ann, bob');
    expect(await field('schedule created').isChecked()).toBe(true);
    expect(await form('Edit').getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await tab.fill('URL', `${receiver.url}/elsewhere`);
    await tab.fill('Description', '');
    await field('run succeeded').check();
    await tab.fill('Of users', 'ann');
    await tab.fill('Of providers', 'netflix, spotify');
    const sent = tab.page.waitForRequest((request) => request.method() === 'PATCH');
    await tab.click('Save');
    expect((await sent).headers()['if-match']).toBe('"1"');
    await tab.page.getByRole('heading', { name: `${receiver.url}/elsewhere` }).waitFor();
    await about().getByText('schedule created, run succeeded').waitFor();
    await about().getByText('of user ann; providers netflix, spotify; schedule s-1').waitFor();
    expect(await tab.page.evaluate('document.activeElement.textContent')).toBe('Edit');
    const after = await stored(id);
    expect(after).not.toHaveProperty('description');
    expect(after).toMatchObject({
      version: 2,
      filter: {
        types: ['ScheduleCreated', 'RunSucceeded'],
        users: ['ann'],
        providers: ['netflix', 'spotify'],
        schedules: ['s-1'],
      },
    });
  });

  test('an address or a name that is not allowed is refused at its field, and nothing is changed', async () => {
    const id = await registered();
    const url = 'http://192.168.1.7/hook';
    await opened(id, 'Edit');
    await tab.fill('URL', url);
    await tab.click('Save');
    await invalid('url').waitFor();
    const { body } = await service.send('PATCH', `/v1/webhooks/${id}`, { url });
    await form('Edit').getByText(String(body['detail'])).waitFor();
    await tab.fill('URL', receiver.url);
    await tab.fill('Of connections', 'fine, not a name');
    await tab.click('Save');
    await invalid('filter.connections').waitFor();
    await invalid('url').waitFor({ state: 'detached' });
    await tab.sees(/^must be 1 to 128 letters/);
    expect(await stored(id)).toMatchObject({ version: 1, url: receiver.url, filter: {} });
  });

  test('a change that somebody else was faster with is not saved over theirs unseen', async () => {
    const id = await registered({ filter: { users: ['ann'] } });
    await opened(id, 'Edit');
    await tab.fill('Description', 'Mine');
    await service.send('PATCH', `/v1/webhooks/${id}`, { filter: { users: ['cleo'] } });
    await tab.click('Save');
    await tab.sees('It was changed meanwhile');
    await tab.page.getByRole('alert').getByText('of user cleo').waitFor();
    expect(await stored(id)).not.toHaveProperty('description');
    await tab.click('Keep my fields, and save over it');
    await about().getByText('Mine').waitFor();
    expect(await stored(id)).toMatchObject({ version: 3, description: 'Mine', filter: { users: ['cleo'] } });
    await tab.click('Edit');
    await tab.fill('Description', 'Mine again');
    await service.send('PATCH', `/v1/webhooks/${id}`, { description: 'Theirs' });
    await tab.click('Save');
    await tab.click('Begin again from this');
    expect(await form('Edit').getByLabel('Description', { exact: true }).inputValue()).toBe('Theirs');
  });

  test('a range is told again with the ids and bodies of the first time, and no more than the range', async () => {
    const id = await registered({ filter: { types: ['ScheduleCreated'] } });
    const first = await service.schedule('told-1');
    await receiver.first(({ body }) => body['stream'] === `schedule-${first}`);
    const after = await service.engine.store.head();
    const second = await service.schedule('told-2');
    const original = await receiver.first(({ body }) => body['stream'] === `schedule-${second}`);
    const through = Number(original.body['position']);
    await opened(id, 'Replay a range');
    await tab.sees(/Ids and bodies are those of the first time/);
    await tab.sees(/of a long range they are many, and none of them can be called back/);
    await tab.sees(`position ${through}`);
    await tab.fill('After position', String(after));
    await tab.fill('Up to position', String(through));
    receiver.told.length = 0;
    const over = service.next('WebhookReplayCompleted');
    await tab.click('Send the range');
    await tab.sees(new RegExp(`^What happened after position ${after}, up to ${through}, is sent`));
    await over;
    expect(receiver.told.map(({ id, raw }) => [id, raw])).toEqual([[original.id, original.raw]]);
    expect(receiver.forged).toEqual([]);
    await tab.page
      .getByRole('row', { name: `position ${through}` })
      .getByText('told again of a range')
      .waitFor();
    expect(await tab.page.evaluate('document.activeElement.textContent')).toBe('Replay a range');
    await tab.click('Dismiss');
    await tab.page.getByText(/^What happened after position/).waitFor({ state: 'detached' });
  });

  test('a range that is none is refused at its field; one of a webhook that is disabled waits, and says so', async () => {
    const id = await registered({ filter: { types: ['ScheduleCreated'] } });
    await service.post(`/v1/webhooks/${id}/disable`);
    await service.settled();
    await opened(id, 'Replay a range');
    await tab.sees(/It is disabled: nothing is sent before it is enabled\./);
    await tab.fill('Up to position', '5');
    await tab.click('Send the range');
    await invalid('after').waitFor();
    await tab.sees('must be a position of the log: a whole number, or 0 for its beginning');
    await tab.fill('After position', '5');
    await tab.click('Send the range');
    await invalid('through').waitFor();
    await tab.sees('must be a later position than after');
    await tab.fill('After position', '0');
    await tab.fill('Up to position', '9000000');
    await tab.click('Send the range');
    await tab.sees(/^What happened after position 0, up to \d+, is sent\./);
    expect(receiver.told).toEqual([]);
  });
});
