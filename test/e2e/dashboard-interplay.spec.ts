import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { build } from '../crashes/process.js';
import { browserHere, launch, Tab } from './browser.js';
import { Service } from './support.js';

/** What becomes of the page when two things happen at once, or one while it looks elsewhere. */

const here = browserHere('dashboard-interplay.spec');
const inBrowser = here === undefined ? describe.skip : describe;

let browser: Browser;
let service: Service;
let tab: Tab;

beforeAll(async () => {
  build();
  service = await Service.start();
  if (here !== undefined) browser = await launch(here);
});
afterAll(async () => {
  await browser?.close();
  await service.stop();
});

inBrowser('given an open page', () => {
  beforeEach(async () => {
    tab = await Tab.open(browser, service.server.url);
  });
  afterEach(async () => {
    expect(tab.errors).toEqual([]);
    await tab.close();
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
});
