import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { chromium as found } from '../../scripts/chromium.mjs';

/** A browser of this machine, or fetched; undefined, and said loudly, where there is none and none can be fetched. */
export function browserHere(spec: string): ReturnType<typeof found> | undefined {
  try {
    return found();
  } catch (error) {
    process.stderr.write(`${spec}: skipped, because there is no Chromium: ${(error as Error).message}\n`);
    return undefined;
  }
}

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const launch = ({ executablePath, env }: ReturnType<typeof found>): Promise<Browser> =>
  chromium.launch({ executablePath, args, env: { ...(process.env as Record<string, string>), ...env } });

/** Longer than anything takes on a busy machine: only what never happens is waited for so long. */
const PATIENCE = 15_000;

/** A page and all that went wrong in it: errors in its console, and those that nobody caught. */
export class Tab {
  readonly errors: string[] = [];

  private constructor(
    readonly page: Page,
    readonly url: string,
  ) {
    page.setDefaultTimeout(PATIENCE);
    page.on('pageerror', (error) => this.errors.push(String(error)));
    page.on('console', (message) => {
      // The browser reports each refusal; what the page makes of it is what is tested.
      const refusal = /Failed to load resource/.test(message.text());
      if (message.type() === 'error' && !refusal) this.errors.push(message.text());
    });
  }

  static async open(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Tab> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    return new Tab(await context.newPage(), url);
  }

  /** Within the page where it is open already: a place is an address behind `#`. */
  async go(place: string): Promise<Tab> {
    await this.page.goto(`${this.url}/${place}`);
    return this;
  }

  /** Resolves when the text is to be seen. */
  async sees(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).filter({ visible: true }).first().waitFor();
  }

  /** Resolves once the page is told what happens as it happens. */
  async live(): Promise<Tab> {
    await this.page.locator('.live.live').waitFor();
    return this;
  }

  click = (name: string | RegExp): Promise<void> =>
    this.page
      .getByRole('button', { name, exact: typeof name === 'string' })
      .first()
      .click();

  fill = (label: string, value: string): Promise<void> =>
    this.page.getByLabel(label, { exact: true }).fill(value);

  close = (): Promise<void> => this.page.context().close();
}
