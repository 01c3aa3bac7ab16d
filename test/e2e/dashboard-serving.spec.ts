import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { start } from '../crashes/process.js';
import { Tab } from './browser.js';
import { dashboardStage } from './dashboard-stage.js';
import { Service } from './support.js';

/** How the page gets to whom it is for: its files, the keys, and the service going away. */

const stage = dashboardStage('dashboard-serving.spec');
const { inBrowser } = stage;

const html = { accept: 'text/html,application/xhtml+xml' };

let browser: Browser;
let service: Service;

beforeAll(() => {
  ({ service, browser } = stage);
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

inBrowser('given an API key that may only read', () => {
  test('all is shown and goes on; what it may not is refused in words', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dashboard-'));
    const [key, reader] = ['a-key-of-more-than-24-characters', 'a-key-that-reads'];
    const entry = { name: 'board', role: 'read', sha256: createHash('sha256').update(reader).digest('hex') };
    const apiKeysFile = join(folder, 'keys.json');
    writeFileSync(apiKeysFile, JSON.stringify({ keys: [entry] }));
    const guarded = await Service.start({ apiKeys: [key], apiKeysFile }, folder);
    await guarded.post(
      '/v1/schedules',
      { user: 'ann', connection: 'c', provider: 'p', name: 'Read only', recurrence: { frequency: 'daily' } },
      { authorization: `Bearer ${key}` },
    );
    const tab = await Tab.open(browser, guarded.server.url);
    await tab.go('#/schedules');
    await tab.fill('API key', reader);
    await tab.click('Open');
    await tab.live();
    await tab.click('Run now: Read only');
    await tab.sees('the role of the API key "board" is read: this takes write or operate');
    await tab.close();
    await guarded.stop();
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
