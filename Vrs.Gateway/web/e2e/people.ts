import { type Browser, type BrowserContext, expect, type Page } from '@playwright/test';
import { collectPeerConnections, collectSockets } from './stats';

const password = process.env.VRS_DEMO_PASSWORD ?? 'demo';

/** Somebody at a page of her own, in a browser context of her own. */
export class Person {
  protected constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    readonly faults: string[],
  ) {}

  protected static async open(browser: Browser, url: string, user: string): Promise<[BrowserContext, Page, string[]]> {
    const context = await browser.newContext({ permissions: ['camera', 'microphone'], reducedMotion: 'reduce' });
    await context.addInitScript(collectPeerConnections);
    await context.addInitScript(collectSockets);
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('pageerror', error => faults.push(`${user}: ${error.message}`));
    page.on('console', message => {
      // A server that is away shows as network errors; everything else is a fault of the page.
      if (message.type() === 'error' && !/net::ERR|WebSocket|Failed to load resource/.test(message.text())) {
        faults.push(`${user}: ${message.text()}`);
      }
    });
    await page.goto(url);
    await page.getByLabel('Name').fill(user);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    // Of a page that is not, the failure says what it shows.
    await expect(page.locator('body')).toContainText('Online', { useInnerText: true });
    return [context, page, faults];
  }

  get heading() {
    return this.page.getByRole('heading', { level: 1 });
  }

  button(name: string | RegExp) {
    return this.page.getByRole('button', { name });
  }

  /** Cuts every WebSocket of the page, as a network that goes away does. */
  async dropSockets(): Promise<void> {
    await this.page.evaluate(() => {
      const sockets = (window as unknown as { sockets: WebSocket[] }).sockets;
      sockets.splice(0).forEach(socket => socket.close());
    });
  }

  async close(): Promise<void> {
    await this.context.close();
  }
}

/** Anybody with a handset: the Deaf caller's page or the hearing person's phone. */
export class Caller extends Person {
  static async signIn(browser: Browser, url: string, user: string): Promise<Caller> {
    return new Caller(...(await Person.open(browser, url, user)));
  }

  async call(number: string): Promise<void> {
    await this.page.getByRole('textbox').fill(number);
    await this.button('Call').click();
  }

  async answer(): Promise<void> {
    await this.button('Answer').click({ timeout: 30_000 });
  }

  async hangUp(): Promise<void> {
    await this.button('Hang up').click();
  }

  async expectStatus(text: string | RegExp, timeout = 20_000): Promise<void> {
    await expect(this.heading).toHaveText(text, { timeout });
  }
}

export class Interpreter extends Person {
  static async signIn(browser: Browser, url: string, user: string): Promise<Interpreter> {
    return new Interpreter(...(await Person.open(browser, url, user)));
  }

  get status() {
    return this.page.locator('.work-status');
  }

  get offer() {
    return this.page.getByRole('alertdialog');
  }

  leg(name: 'Caller' | 'Called party') {
    return this.page.getByRole('region', { name }).locator('.pill').first();
  }

  async goAvailable(): Promise<void> {
    const start = this.button('Start work');
    const ready = this.button('Ready for calls');
    await expect(start.or(ready)).toBeVisible();
    if (await start.isVisible()) {
      await start.click();
    }
    await ready.click();
    await expect(this.status).toHaveText('Ready for calls');
  }

  async accept(): Promise<void> {
    await expect(this.offer).toBeVisible({ timeout: 30_000 });
    await this.page.keyboard.press('a');
    await expect(this.leg('Caller')).toHaveText('connected');
  }

  async dial(): Promise<void> {
    await this.button('Dial').click();
  }
}

export class Operator extends Person {
  static async signIn(browser: Browser, url: string, user: string): Promise<Operator> {
    return new Operator(...(await Person.open(browser, url, user)));
  }

  table(name: string) {
    return this.page.getByRole('region', { name, exact: true });
  }

  figure(name: string) {
    return this.page.locator(`[data-figure="${name}"] dd`);
  }
}
