import { beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { Tab } from './browser.js';
import { dashboardStage } from './dashboard-stage.js';
import type { Service } from './support.js';

/** The page without a pointer, and on a small screen. */

const stage = dashboardStage('dashboard-access.spec');
const { inBrowser } = stage;

let browser: Browser;
let service: Service;

beforeAll(() => {
  ({ service, browser } = stage);
});

const places = [
  '#/',
  '#/schedules',
  '#/new',
  '#/runs',
  '#/connections',
  '#/conflicts',
  '#/report',
  '#/subscriptions',
  '#/webhooks',
  '#/bulk-changes',
];

inBrowser('given a keyboard', () => {
  test('a schedule is found, opened and run without a pointer, and the focus is never lost', async () => {
    await service.listed('keys', { user: 'keys', name: 'By keys' });
    const tab = await Tab.open(browser, service.server.url);
    await (await tab.go('#/')).live();
    const { keyboard } = tab.page;
    const focused = (): Promise<unknown> =>
      tab.page.evaluate('document.activeElement.ariaLabel ?? document.activeElement.textContent');
    const tabTo = async (name: string): Promise<void> => {
      for (let presses = 0; presses < 60 && (await focused()) !== name; presses += 1)
        await keyboard.press('Tab');
      expect(await focused()).toBe(name);
    };
    await tabTo('Skip to the content');
    await tabTo('Schedules');
    await keyboard.press('Enter');
    await tab.page.getByRole('heading', { name: 'Schedules' }).waitFor();
    expect(await tab.page.evaluate('document.activeElement.id')).toBe('content');
    // What is done to all of them comes first, then what narrows them.
    await tabTo('Change all that match');
    await tabTo('Bulk changes');
    for (const field of ['text', 'user']) {
      await keyboard.press('Tab');
      expect(await tab.page.evaluate('document.activeElement.name')).toBe(field);
    }
    await keyboard.type('keys');
    await tab.page.getByRole('row').nth(1).getByText('By keys').waitFor();
    await tab.page.waitForURL(/user=keys/);
    await tabTo('Run now: By keys');
    await keyboard.press('Enter');
    await tab.sees('Run now: 1 done');
    expect(await focused()).toBe('Run now: By keys');
    expect(tab.errors).toEqual([]);
    await tab.close();
  });
});

inBrowser('given a phone', () => {
  test('no page is wider than its screen, and each can be used in the dark', async () => {
    const viewport = { width: 375, height: 812 };
    const phone = await Tab.open(browser, service.server.url, { viewport, colorScheme: 'dark' });
    // Without a place to break at, as long as names may be.
    const long = 'W'.repeat(120);
    await service.listed(long, { user: long, provider: long, name: long });
    const schedule = await service.listed('lost', { name: 'Lost one' });
    service.work.script('lost', () => ({
      kind: 'failed',
      failure: { class: 'CONFIG', message: '<img src=x onerror="window.hacked=1">' },
    }));
    const abandoned = service.next('RunAbandoned');
    await service.post(`/v1/schedules/${schedule}/trigger`);
    const { run } = await abandoned;
    const completed = service.next('BulkChangeCompleted');
    const bulk = { filter: { user: long }, change: { action: 'pause', note: long } };
    const { body: asked } = await service.post('/v1/bulk-changes', bulk);
    await completed;
    await service.settled();
    for (const place of [
      ...places,
      `#/schedules?user=${long}`,
      `#/schedules/${schedule}`,
      `#/runs/${String(run)}`,
      `#/connections/${long}`,
      `#/bulk-changes/${String(asked['id'])}`,
    ]) {
      await phone.go(place);
      await phone.page.locator('h1').waitFor();
      await phone.page.getByText('Asking …').first().waitFor({ state: 'detached' });
      const wider = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
      expect({ place, wider: await phone.page.evaluate(wider) }).toEqual({ place, wider: 0 });
    }
    await phone.go('#/schedules');
    const all = phone.page.getByLabel('Select all on this page');
    await all.check();
    await phone.page.getByRole('toolbar').waitFor();
    expect(await all.boundingBox()).toMatchObject({ width: 24, height: 24 });
    expect(phone.errors).toEqual([]);
    await phone.close();
  });
});
