import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from '@jest/globals';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { build } from '../crashes/process.js';
import { Receiver } from '../support/receiver.js';
import { browserHere, launch, Tab } from './browser.js';
import { Service } from './support.js';

/** The service as it was built, and a browser where there is one: one of each for a whole spec, there before its own `beforeAll`. */
export function dashboardStage(spec: string) {
  const here = browserHere(spec);
  const stage = { inBrowser: here === undefined ? describe.skip : describe } as {
    readonly inBrowser: typeof describe | typeof describe.skip;
    service: Service;
    browser: Browser;
  };
  beforeAll(async () => {
    build();
    stage.service = await Service.start();
    if (here !== undefined) stage.browser = await launch(here);
  });
  afterAll(async () => {
    // Undefined where there is none.
    await (stage.browser as Browser | undefined)?.close();
    await stage.service.stop();
  });
  return stage;
}

/** The same, with a receiver of webhooks that takes what is sent to it. */
export function webhookStage(spec: string) {
  const stage = dashboardStage(spec);
  const receiver = new Receiver();
  beforeAll(() => receiver.start());
  afterAll(() => receiver.stop());
  /** Resolves to the id of an endpoint there, once the page can see it. */
  const registered = async (more: object = {}): Promise<string> => {
    const { service } = stage;
    const { body } = await service.post('/v1/webhooks', { url: receiver.url, ...more });
    receiver.secret = String(body['secret']);
    await service.settled();
    return String(body['id']);
  };
  return Object.assign(stage, { receiver, registered });
}

/** A tab for each test of a `describe`, in which nothing may have gone wrong by its end. */
export function tabForEach(
  stage: ReturnType<typeof dashboardStage>,
  opened: (tab: Tab) => void,
  options: BrowserContextOptions = {},
): void {
  let tab: Tab;
  beforeEach(async () => {
    tab = await Tab.open(stage.browser, stage.service.server.url, options);
    opened(tab);
  });
  afterEach(async () => {
    expect(tab.errors).toEqual([]);
    await tab.close();
  });
}
