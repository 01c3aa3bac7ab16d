import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { SyncOutcome } from '#lib/ports';
import { Tab } from './browser.js';
import { dashboardStage } from './dashboard-stage.js';
import { done, items, type Service } from './support.js';

const stage = dashboardStage('dashboard.spec');
const { inBrowser } = stage;

const HOSTILE = '<img src=x onerror="window.hacked=1">';

let browser: Browser;
let service: Service;

beforeAll(() => {
  ({ service, browser } = stage);
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
    const id = await service.listed('live', { name: 'Live one' });
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
    const id = await service.listed('pausing', { name: 'Pausing one' });
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
    for (const n of [1, 2, 3])
      ids.push(await service.listed(`bulk-${n}`, { user: 'bulk', name: `Bulk ${n}` }));
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
    const id = await service.listed('edited', { name: 'Edited one' });
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
    const id = await service.listed('lost', { name: 'Lost one' });
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
    const id = await service.listed('slow', {
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
    const id = await service.listed('held', { provider: 'spotify', name: 'Held one' });
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
    const id = await service.listed('hostile', { user: 'mallory', name: HOSTILE });
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
