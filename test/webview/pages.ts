/** Each page of ours in a plain browser, with VS Code's part played by a stub: theme, messages, what was sent back. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { root } from '../../scripts/bootstrap.mjs';
import { launchBrowser } from '../../scripts/browser.mjs';
import { ensureChromium } from '../../scripts/chromium.mjs';
import { renderChartsHtml } from '../../src/extension/panels/chartsHtml';
import { THEMES } from './themes.mjs';

export type PageName = 'charts' | 'compare' | 'inspector' | 'review';
export type ThemeName = keyof typeof THEMES;

const NAMES: readonly PageName[] = ['charts', 'compare', 'inspector', 'review'];

export interface OpenOptions extends BrowserContextOptions {
  readonly theme?: ThemeName;
  /** What the page kept from an earlier visit. */
  readonly state?: unknown;
}

export class Pages {
  private constructor(
    private readonly folder: string,
    readonly browser: Browser,
  ) {}

  static async start(): Promise<Pages> {
    const folder = mkdtempSync(join(tmpdir(), 'value-action-lens-pages-'));
    const entryPoints = Object.fromEntries(NAMES.map((name) => [name, join(root, 'webview-ui', name, 'main.ts')]));
    await build({ bundle: true, entryPoints, outdir: folder, format: 'iife', target: 'es2022', logLevel: 'warning' });
    return new Pages(folder, await launchBrowser(await ensureChromium()));
  }

  async stop(): Promise<void> {
    await this.browser.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** A page that is painted, after it got these messages. The caller closes its context. */
  async open(name: PageName, messages: readonly unknown[], options: OpenOptions = {}): Promise<Page> {
    const { theme = 'dark', state, ...context } = options;
    const page = await (await this.browser.newContext(context)).newPage();
    const html = renderChartsHtml({ nonce: 'n', script: `/${name}.js`, style: `/${name}.css`, title: name });
    await page.route('http://page.test/**', (route) => {
      const { pathname } = new URL(route.request().url());
      if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: html });
      const contentType = pathname.endsWith('.css') ? 'text/css' : 'text/javascript';
      return route.fulfill({ contentType, body: readFileSync(join(this.folder, pathname)) });
    });
    await page.addInitScript(`
      window.sent = [];
      const kept = ${JSON.stringify(state ?? null)} ?? undefined;
      window.acquireVsCodeApi = () => ({
        postMessage: (message) => window.sent.push(message),
        getState: () => kept,
        setState: () => {},
      });
    `);
    await page.goto('http://page.test/');
    await dress(page, theme);
    for (const message of messages) await send(page, message);
    await settle(page);
    return page;
  }
}

/** What VS Code does to a page for a theme, at first and when somebody changes it. */
export async function dress(page: Page, theme: ThemeName): Promise<void> {
  const { bodyClass, variables } = THEMES[theme];
  await page.evaluate(`
    for (const [name, value] of Object.entries(${JSON.stringify(variables)})) {
      document.documentElement.style.setProperty(name, value);
    }
    document.body.className = ${JSON.stringify(bodyClass)};
  `);
}

export async function send(page: Page, message: unknown): Promise<void> {
  await page.evaluate(`new Promise((done) => {
    window.addEventListener('message', () => setTimeout(done), { once: true });
    window.postMessage(${JSON.stringify(message)}, '*');
  })`);
}

/** What is observed for its size is drawn in the frame after. */
export async function settle(page: Page): Promise<void> {
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
}

export const readSent = (page: Page) => page.evaluate('window.sent') as Promise<unknown[]>;
