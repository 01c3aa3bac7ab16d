import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { SyncOutcome } from '#lib/ports';
import { build, start } from '../crashes/process.js';
import { browserHere, launch, Tab } from './browser.js';
import { done, items, Service } from './support.js';

const here = browserHere('dashboard.spec');
const inBrowser = here === undefined ? describe.skip : describe;

const html = { accept: 'text/html,application/xhtml+xml' };
const HOSTILE = '<img src=x onerror="window.hacked=1">';

let browser: Browser;
let service: Service;

/** A schedule that every page can be told of. */
async function listed(...given: Parameters<Service['schedule']>): Promise<string> {
  const id = await service.schedule(...given);
  await service.settled();
  return id;
}

beforeAll(async () => {
  build();
  service = await Service.start();
  if (here !== undefined) browser = await launch(here);
});
afterAll(async () => {
  await browser?.close();
  await service.stop();
});

describe('given the service as it was built', () => {
  test('a browser gets the page, under a strict policy, and files that may be kept for ever', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dashboard-'));
    const { url, process: child, exit } = await start(folder);
    const page = await fetch(url, { headers: html });
    const text = await page.text();
    expect(page.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self'.*frame-ancestors 'none'/,
    );
    expect(page.headers.get('content-security-policy')).not.toMatch(/unsafe|https?:|\*/);
    expect(page.headers.get('cache-control')).toBe('no-cache');
    const files = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file = '']) => file);
    expect(files.length).toBeGreaterThanOrEqual(3);
    for (const file of files) {
      const { status, headers } = await fetch(url + file);
      expect({ file, status }).toEqual({ file: expect.stringMatching(/^\/assets\/.+-.{8}\./), status: 200 });
      expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
    expect(text).not.toMatch(/<script(?![^>]* src=)|<style| style=| on[a-z]+=/);
    child.kill('SIGTERM');
    await exit;
    rmSync(folder, { recursive: true, force: true });
  });
});

describe('given the address of the page', () => {
  test('a program is told what it always was, and so is whoever asks for another file', async () => {
    for (const path of ['/', '/assets/nothing.js', '/assets/..%2findex.html', '/assets/']) {
      const { status, headers, body } = await service.get(path);
      expect({ path, status, type: body['type'] }).toEqual({
        path,
        status: 404,
        type: 'urn:syncopate:problem:no-such-route',
      });
      expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
    }
  });

  test('a page of elsewhere gets nothing', async () => {
    const foreign = await fetch(service.server.url, { headers: { ...html, origin: 'https://evil.example' } });
    expect(foreign.status).toBe(403);
  });
});

inBrowser('given an open page', () => {
  let tab: Tab;
  beforeAll(async () => {
    tab = await Tab.open(browser, service.server.url);
  });
  afterAll(async () => {
    expect(tab.errors).toEqual([]);
    await tab.close();
  });

  test('with nothing in the service, it says what to do next', async () => {
    await (await tab.go('#/')).live();
    await tab.sees('Nothing is scheduled yet');
    await tab.sees('Nothing waits');
  });

  test('a schedule is judged while it is typed, and created by the form', async () => {
    await tab.go('#/new');
    await tab.fill('Connection', 'ann-deezer');
    await tab.fill('User', 'ann');
    await tab.fill('Provider', 'deezer');
    await tab.fill('Name', 'Ann’s songs');
    await tab.fill('At', '03:00, 27:00');
    await tab.sees('must be a time of day like "03:00" or "03:00:30"');
    await tab.fill('At', '03:00, 15:30');
    await tab.fill('Time zone', 'Mars/Base');
    await tab.page.locator('[name="recurrence.zone"][aria-invalid="true"]').waitFor();
    await tab.fill('Time zone', 'Asia/Tokyo');
    await tab.sees('Nothing speaks against it.');
    expect(await tab.page.locator('.preview time').count()).toBe(5);
    // They change by the second: nobody wants to be read them each time.
    expect(await tab.page.locator('[aria-live] time').count()).toBe(0);
    await tab.click('Create schedule');
    await tab.page.getByRole('heading', { name: 'Ann’s songs' }).waitFor();
    await tab.sees('Daily at 03:00 and 15:30');
    const [created] = items(await service.get('/v1/schedules?user=ann'));
    expect(created).toMatchObject({
      name: 'Ann’s songs',
      provider: 'deezer',
      recurrence: { times: ['03:00', '15:30'], zone: 'Asia/Tokyo' },
    });
    await tab.page.goBack();
    await tab.page.getByRole('heading', { name: 'New schedule' }).waitFor();
  });

  test('each frequency has its own fields, and all that they say is sent', async () => {
    await tab.go('#/new');
    const choose = (frequency: string) =>
      tab.page.getByLabel('Frequency', { exact: true }).selectOption(frequency);
    for (const label of ['Connection', 'User', 'Provider']) await tab.fill(label, 'every');
    const judged = async (): Promise<Record<string, unknown>> => {
      const request = await tab.page.waitForRequest(/:validate$/);
      return (request.postDataJSON() as { recurrence: Record<string, unknown> }).recurrence;
    };
    const cases: readonly (readonly [string, () => Promise<unknown>, object])[] = [
      ['hourly', () => tab.fill('At minute', '20'), { minute: 20 }],
      [
        'weekly',
        () => tab.page.getByLabel('Fri', { exact: true }).check(),
        { weekdays: ['monday', 'friday'] },
      ],
      [
        'monthly',
        () => tab.fill('On days', 'last, 2nd tuesday'),
        { days: ['last', { nth: 2, weekday: 'tuesday' }] },
      ],
      ['interval', () => tab.fill('Every', '45'), { every: 2_700 }],
      ['cron', () => tab.fill('Expression', '15 4 * * *'), { expression: '15 4 * * *' }],
    ];
    for (const [frequency, type, said] of cases) {
      await choose(frequency);
      const [recurrence] = await Promise.all([judged(), type()]);
      expect(recurrence).toMatchObject({ frequency, ...said });
      await tab.sees('Nothing speaks against it.');
    }
  });

  test('a run shows up by itself, and its page tells its events', async () => {
    const id = await listed('live', { name: 'Live one' });
    await (await tab.go(`#/runs?schedule=${id}`)).live();
    await tab.sees('No run is like that');
    await tab.page.evaluate('window.same = true');
    await service.post(`/v1/schedules/${id}/trigger`);
    const row = tab.page.getByRole('row', { name: /Live one/ });
    await row.first().getByText('succeeded').waitFor();
    await service.post(`/v1/schedules/${id}/trigger`);
    await row.nth(1).getByText('succeeded').waitFor();
    expect(await tab.page.evaluate('window.same')).toBe(true);
    await row.first().getByRole('link').nth(1).click();
    await tab.sees('succeeded in');
    await tab.sees(/attempt 1 started on/);
  });

  test('a schedule is paused with a note, explained, and resumed', async () => {
    const id = await listed('pausing', { name: 'Pausing one' });
    await tab.go(`#/schedules/${id}`);
    await tab.click('Pause');
    await tab.page.getByLabel(/^Note for/).fill('while the bank is closed');
    await tab.page.getByRole('dialog').getByRole('button', { name: 'Pause' }).click();
    await tab.sees('Pause: 1 done');
    await tab.page.locator('.reasons').getByText('while the bank is closed').waitFor();
    expect((await service.get(`/v1/schedules/${id}`)).body).toMatchObject({
      status: 'paused',
      pause: { note: 'while the bank is closed' },
    });
    await tab.click('Resume');
    await tab.sees('It is active, and due next');
    await tab.click('Skip next');
    await tab.page
      .locator('.log')
      .getByText(/skipped what was due/)
      .waitFor();
  });

  test('several are run, refused and deleted at once, each with its own answer', async () => {
    const ids = [];
    for (const n of [1, 2, 3]) ids.push(await listed(`bulk-${n}`, { user: 'bulk', name: `Bulk ${n}` }));
    await service.post(`/v1/schedules/${ids[0]}/pause`);
    await tab.go('#/schedules?user=bulk');
    await tab.page.getByLabel('Select Bulk 3').waitFor();
    await tab.page.getByLabel('Select all on this page').check();
    const bulk = tab.page.getByRole('toolbar');
    await bulk.getByRole('button', { name: 'Run now' }).click();
    await tab.sees('Run now: 3 done');
    await bulk.getByRole('button', { name: 'Resume' }).click();
    await tab.sees('Resume: 1 done, 2 refused');
    const refused = await service.post(`/v1/schedules/${ids[1]}/resume`);
    await tab.sees(`Conflict: ${String(refused.body['detail'])}`);
    await bulk.getByRole('button', { name: 'Delete' }).click();
    const dialog = tab.page.getByRole('dialog', { name: 'Delete 3 schedules?' });
    await dialog.getByText('Bulk 2').waitFor();
    await tab.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await bulk.getByRole('button', { name: 'Delete' }).click();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await tab.sees('Delete: 3 done');
    await tab.sees('No schedule is like that');
    expect(items(await service.get('/v1/schedules?user=bulk&status=active,paused'))).toEqual([]);
  });

  test('a change that somebody else was faster with is not saved over theirs unseen', async () => {
    const id = await listed('edited', { name: 'Edited one' });
    await tab.go(`#/schedules/${id}`);
    await tab.click('Edit');
    await tab.page.getByLabel('Priority', { exact: true }).selectOption('critical');
    await service.send('PATCH', `/v1/schedules/${id}`, { priority: 'low', name: 'Renamed meanwhile' });
    await tab.click('Save');
    await tab.sees('It was changed meanwhile');
    await tab.page.getByRole('alert').getByText('low').waitFor();
    expect((await service.get(`/v1/schedules/${id}`)).body).toMatchObject({ priority: 'low', version: 2 });
    await tab.click('Keep my fields, and save over it');
    await tab.page.getByRole('region', { name: 'Definition' }).getByText('critical').waitFor();
    await service.settled();
    expect((await service.get(`/v1/schedules/${id}`)).body).toMatchObject({
      priority: 'critical',
      name: 'Renamed meanwhile',
      version: 3,
    });
  });

  test('a run that was given up is redriven, and one that hangs is cancelled', async () => {
    const failure: SyncOutcome = {
      kind: 'failed',
      failure: { class: 'CONFIG', message: `bad file ${HOSTILE}` },
    } as const;
    const hang = (_: unknown, { signal }: { readonly signal: AbortSignal }): Promise<SyncOutcome> =>
      new Promise((resolve) => signal.addEventListener('abort', () => resolve({ kind: 'cancelled' })));
    service.work.script(
      'lost',
      () => failure,
      () => done,
      hang,
    );
    const id = await listed('lost', { name: 'Lost one' });
    const abandoned = service.next('RunAbandoned');
    await service.post(`/v1/schedules/${id}/trigger`);
    const { run } = await abandoned;
    await service.settled();
    await tab.go(`#/runs/${String(run)}`);
    await tab.sees(`attempt 1 failed, a wrong setting or file: bad file ${HOSTILE}`);
    await tab.click('Redrive');
    await tab.page.locator('h1').getByText('succeeded').waitFor();
    const started = service.next('RunStarted');
    await service.post(`/v1/schedules/${id}/trigger`);
    await started;
    await service.settled();
    await tab.go(`#/schedules/${id}`);
    await tab.page.locator('.reasons').getByText('One run is running').waitFor();
    await tab.go('#/runs?status=running');
    await tab.page
      .getByRole('row', { name: /Lost one/ })
      .getByRole('link')
      .nth(1)
      .click();
    await tab.click('Cancel run');
    await tab.page.locator('h1').getByText('cancelled').waitFor();
  });

  test('a conflict is listed, and acknowledged', async () => {
    let finish: () => void = () => undefined;
    service.work.script('slow', () => new Promise((resolve) => (finish = () => resolve(done))));
    const raised = service.next('ConflictDetected');
    const id = await listed('slow', {
      name: 'Slow one',
      recurrence: { frequency: 'interval', every: 1 },
    });
    await raised;
    await service.post(`/v1/schedules/${id}/pause`);
    finish();
    await service.settled();
    await tab.go('#/conflicts');
    await tab.page
      .getByRole('row', { name: /Slow one/ })
      .getByRole('button')
      .click();
    await tab.page.getByRole('dialog').getByLabel('Note (optional)').fill('seen');
    await tab.page.getByRole('dialog').getByRole('button', { name: 'Acknowledge' }).click();
    await tab.page
      .getByRole('row', { name: /Slow one/ })
      .getByText('acknowledged')
      .waitFor();
    await tab.go('#/');
    await tab.page.getByRole('link', { name: /^Conflicts 1 not resolved/ }).waitFor();
    await tab.sees('None that nobody has looked at');
  });

  test('a provider is paused from the overview, and the queue says what stops it', async () => {
    const id = await listed('held', { provider: 'spotify', name: 'Held one' });
    await service.post('/v1/providers/spotify/pause', { note: 'maintenance' });
    await service.post(`/v1/schedules/${id}/trigger`);
    await (await tab.go('#/')).live();
    await tab.page
      .getByRole('region', { name: 'Queue' })
      .getByText('because the provider is paused')
      .waitFor();
    await tab.page.getByRole('region', { name: 'Providers' }).getByText('maintenance').waitFor();
    await tab.click('Resume Spotify');
    await tab.page.getByRole('region', { name: 'Queue' }).getByText('Nothing waits').waitFor();
    await tab.page.getByRole('region', { name: 'As it happens' }).getByText('Held one').first().waitFor();
  });

  test('hostile names are text, wherever they are shown', async () => {
    const id = await listed('hostile', { user: 'mallory', name: HOSTILE });
    await service.post(`/v1/schedules/${id}/pause`, { note: HOSTILE });
    for (const place of [
      '#/schedules?user=mallory',
      `#/schedules/${id}`,
      `#/schedules?text=${HOSTILE}`,
      `#/${HOSTILE}`,
    ]) {
      await tab.go(place);
      if (place.startsWith('#/schedules')) await tab.sees(HOSTILE);
      else await tab.sees('There is no such page');
    }
    await tab.go(`#/schedules/${id}`);
    await tab.click('Delete');
    await tab.page.getByRole('dialog').getByText(HOSTILE).first().waitFor();
    await tab.page.keyboard.press('Escape');
    expect(await tab.page.locator('img').count()).toBe(0);
    expect(await tab.page.evaluate('window.hacked')).toBeUndefined();
  });

  test('a refusal is told in the words of the problem, and the page stays; an older answer is none to it', async () => {
    await tab.go('#/schedules');
    await tab.page.getByRole('row').nth(1).waitFor();
    await tab.go('#/schedules?user=no%20such%20name');
    const { body } = await service.get('/v1/schedules?user=no%20such%20name');
    await tab.sees(String(body['detail']));
    await tab.page.getByRole('heading', { name: 'Schedules' }).waitFor();
    expect(await tab.page.getByRole('row').count()).toBe(0);
  });
});

const places = [
  '#/',
  '#/schedules',
  '#/new',
  '#/runs',
  '#/conflicts',
  '#/report',
  '#/subscriptions',
  '#/webhooks',
];

inBrowser('given a keyboard', () => {
  test('a schedule is found, opened and run without a pointer, and the focus is never lost', async () => {
    await listed('keys', { user: 'keys', name: 'By keys' });
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
    await keyboard.press('Tab');
    await keyboard.press('Tab');
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
    await listed(long, { user: long, provider: long, name: long });
    const [schedule] = items(await service.get('/v1/schedules?text=Lost'));
    const [run] = items(await service.get(`/v1/runs?schedule=${String(schedule?.['id'])}`));
    for (const place of [
      ...places,
      `#/schedules?user=${long}`,
      `#/schedules/${String(schedule?.['id'])}`,
      `#/runs/${String(run?.['id'])}`,
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

inBrowser('given API keys', () => {
  const key = 'a-key-of-more-than-24-characters';
  let guarded: Service;
  beforeAll(async () => {
    guarded = await Service.start({ apiKeys: [key] });
  });
  afterAll(() => guarded.stop());

  test('nothing is shown before one is entered; it goes with each request, the stream too, and stays in the tab', async () => {
    const tab = await Tab.open(browser, guarded.server.url);
    const asked: (readonly [string, string | undefined])[] = [];
    tab.page.on('request', (request) =>
      asked.push([new URL(request.url()).pathname, request.headers()['authorization']]),
    );
    await tab.go('#/schedules');
    await tab.page.getByLabel('API key').waitFor();
    expect(await tab.page.getByRole('navigation').count()).toBe(0);
    await tab.fill('API key', 'not-the-key');
    await tab.click('Open');
    await tab.sees('This key is not accepted.');
    await tab.fill('API key', key);
    await tab.click('Open');
    await tab.sees('There are no schedules yet');
    await tab.live();
    const sent = asked.filter(([path]) => path === '/v1/events' || path === '/v1/schedules');
    expect(new Set(sent.map(([, header]) => header))).toEqual(new Set([`Bearer ${key}`]));
    expect(sent.map(([path]) => path)).toContain('/v1/events');
    expect(
      await tab.page.evaluate('[Object.values(sessionStorage), localStorage.length, document.cookie]'),
    ).toEqual([[key], 0, '']);
    await tab.page.reload();
    await tab.live();
    await tab.click('Forget key');
    await tab.page.getByLabel('API key').waitFor();
    expect(await tab.page.evaluate('sessionStorage.length')).toBe(0);
    expect(tab.errors).toEqual([]);
    await tab.close();
  });
});

inBrowser('given a service that goes away', () => {
  test('the page says since when, keeps what it shows, and goes on after the last event it saw', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dashboard-'));
    const first = await Service.start({}, folder);
    const { url } = first.server;
    const id = await first.schedule('staying', { name: 'Staying one' });
    const tab = await (await (await Tab.open(browser, url)).go('#/schedules')).live();
    await tab.sees('Staying one');
    const seen = await first.engine.store.head();
    await first.stop(true);
    await tab.sees(/^reconnecting since \d\d:\d\d:\d\d$/);
    await tab.sees('Staying one');
    const resumed = tab.page.waitForRequest(
      (request) => request.url().endsWith('/v1/events') && Number(request.headers()['last-event-id']) >= seen,
    );
    const second = await Service.start({ port: Number(new URL(url).port) }, folder);
    await resumed;
    await tab.live();
    await second.send('PATCH', `/v1/schedules/${id}`, { name: 'Renamed one' });
    await tab.sees('Renamed one');
    expect(tab.errors).toEqual([]);
    await tab.close();
    await second.stop();
  });
});
