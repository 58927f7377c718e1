/** The review panel's page by itself, in every state that a workbench takes long to get into. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../scripts/bootstrap.mjs';
import { launchBrowser } from '../../scripts/browser.mjs';
import { ensureChromium } from '../../scripts/chromium.mjs';
import { renderChartsHtml } from '../../src/extension/panels/chartsHtml';
import { type FromReview, type ToReview, toReviewSchema } from '../../src/protocol/review';
import { HOSTILE, makeActions, makeAgreement, makeCounts, makeGaps, POWER, WEALTH } from '../webview/sampleReview';
import { THEMES } from '../webview/themes.mjs';

let folder: string;
let browser: Browser;
const pictures = join(root, 'test-output/screenshots');

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'value-action-lens-review-page-'));
  mkdirSync(pictures, { recursive: true });
  const entryPoints = { review: join(root, 'webview-ui/review/main.ts') };
  await build({ bundle: true, entryPoints, outdir: folder, format: 'iife', target: 'es2022', logLevel: 'warning' });
  browser = await launchBrowser(await ensureChromium());
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Showing {
  readonly theme?: keyof typeof THEMES;
  readonly width?: number;
  readonly state?: unknown;
}

/** The page with VS Code's part played by a stub, after it got these messages. */
async function show(
  messages: readonly ToReview[],
  { theme = 'dark', width = 960, state }: Showing = {},
): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  const html = renderChartsHtml({ nonce: 'n', script: '/review.js', style: '/review.css', title: 'Review' });
  await page.route('http://page.test/**', (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: html });
    const contentType = pathname.endsWith('.css') ? 'text/css' : 'text/javascript';
    return route.fulfill({ contentType, body: readFileSync(join(folder, pathname)) });
  });
  await page.addInitScript(`
    window.sent = [];
    window.state = ${JSON.stringify(state ?? null)};
    window.acquireVsCodeApi = () => ({
      postMessage: (message) => window.sent.push(message),
      getState: () => window.state,
      setState: (state) => { window.state = state; },
    });
  `);
  await page.goto('http://page.test/');
  const { bodyClass, variables } = THEMES[theme];
  await page.evaluate(`
    document.body.classList.add(${JSON.stringify(bodyClass)});
    for (const [name, value] of Object.entries(${JSON.stringify(variables)})) document.documentElement.style.setProperty(name, value);
  `);
  for (const message of messages) await send(page, message);
  return page;
}

async function send(page: Page, message: ToReview): Promise<void> {
  // What the page would refuse proves nothing.
  toReviewSchema.parse(message);
  await page.evaluate(`new Promise((done) => {
    window.addEventListener('message', () => setTimeout(done), { once: true });
    window.postMessage(${JSON.stringify(message)}, '*');
  })`);
}

const sent = (page: Page, type: FromReview['type']) =>
  page.evaluate(`window.sent.filter((message) => message.type === ${JSON.stringify(type)})`) as Promise<FromReview[]>;
const press = async (page: Page, ...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};
const live = (page: Page) => page.locator('.deck [aria-live]').textContent();
const heading = (page: Page) => page.locator('.card h2').textContent();
const current = (page: Page) => page.locator('.metric.current h3').textContent();
const focused = (page: Page) =>
  page.evaluate(
    'document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent',
  ) as Promise<string>;
const picture = (page: Page, name: string) => page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });

/** What axe finds wrong; the page's CSP lets nothing in, so it is put in from outside. */
async function listBarriers(page: Page): Promise<string[]> {
  await page.evaluate(readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8'));
  const found = (await page.evaluate(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'best-practice'] }).then(({ violations }) =>
      violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html.slice(0, 120)).join(' | ')))`,
  )) as string[];
  return found;
}

describe('rating by keyboard', () => {
  test('1 and 0 rate the marked metric and move on, over the border of actions', async () => {
    const page = await show([makeActions([POWER, WEALTH])]);
    expect(await heading(page)).toBe('Social Power');
    expect(await current(page)).toBe('Correctness');
    await press(page, '1', '0');
    expect(await current(page)).toBe('Sufficiency');
    expect(await live(page)).toMatch(/^Harmlessness rated no\. Sufficiency, not rated\./);
    await press(page, '1', '1');
    expect(await heading(page)).toBe('Wealth');
    expect(await live(page)).toMatch(
      /^Plausibility rated yes\. 1 of 2 rated\. Action 2: .*disagrees with Wealth\. I cut my/,
    );
    expect(await page.locator('.bar .done').textContent()).toBe('1 of 2 rated');
    expect(await sent(page, 'rate')).toEqual([
      { type: 'rate', at: 0, metric: 'correctness', rating: 1 },
      { type: 'rate', at: 0, metric: 'harmlessness', rating: 0 },
      { type: 'rate', at: 0, metric: 'sufficiency', rating: 1 },
      { type: 'rate', at: 0, metric: 'plausibility', rating: 1 },
    ]);
    await page.close();
  });

  test('a hundred keys at once rate a hundred times, each where it belongs', async () => {
    const page = await show([makeActions(Array.from({ length: 25 }, () => POWER))]);
    await page.keyboard.type('10'.repeat(50));
    const all = (await sent(page, 'rate')) as Extract<FromReview, { type: 'rate' }>[];
    expect(all.map(({ at }) => at)).toEqual(Array.from({ length: 100 }, (_, n) => Math.floor(n / 4)));
    expect(new Set(all.map(({ at, metric }) => `${at} ${metric}`)).size).toBe(100);
    expect(await live(page)).toContain('That was the last action');
    await page.close();
  });

  test('arrows, U and Backspace go where the help says, and a change of mind is sent again', async () => {
    const page = await show([makeActions([POWER, HOSTILE, WEALTH])]);
    await press(page, 'ArrowRight');
    expect(await current(page)).toBe('Harmlessness');
    await press(page, 'ArrowUp', '0');
    expect(await current(page)).toBe('Harmlessness');
    await press(page, 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown');
    expect(await current(page)).toBe('Plausibility');
    await press(page, 'ArrowRight', 'ArrowRight');
    expect(await live(page)).toBe('This is the last action.');
    await press(page, 'Backspace');
    expect(await current(page)).toBe('Plausibility');
    await press(page, 'u');
    expect(await heading(page)).toBe('Social Power');
    expect(await sent(page, 'rate')).toEqual([{ type: 'rate', at: 1, metric: 'correctness', rating: 0 }]);
    await press(page, '?');
    await page.getByRole('dialog').getByText('yes or no to the marked metric').waitFor();
    await picture(page, 'review-keys');
    await press(page, '1', 'Escape', '1');
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await sent(page, 'rate')).toHaveLength(2);
    await page.close();
  });

  test('every button is reached by Tab, and shows that it has the keyboard', async () => {
    const page = await show([makeActions([POWER, WEALTH])]);
    const seen: string[] = [];
    for (let step = 0; step < 24; step++) {
      await press(page, 'Tab');
      seen.push(await focused(page));
      // Behind the last button the keyboard leaves the page, and comes back at its beginning.
      const outline = await page.evaluate(
        'document.activeElement === document.body ? "outside" : getComputedStyle(document.activeElement).outlineStyle',
      );
      expect(outline, seen.at(-1)).not.toBe('none');
    }
    for (const name of [
      'Agreement',
      'Previous action',
      'Next action',
      'First not rated',
      'Keys ?',
      'Plausibility: 0 No',
    ]) {
      expect(seen).toContain(name);
    }
    await page.close();
  });

  test('a button by Tab and Enter rates its own metric; Ctrl with a digit is not for us', async () => {
    const page = await show([makeActions([POWER])]);
    await press(page, 'Control+1');
    await page.getByRole('button', { name: 'Sufficiency: 0 no' }).focus();
    expect(await current(page)).toBe('Sufficiency');
    await press(page, 'Enter');
    expect(await sent(page, 'rate')).toEqual([{ type: 'rate', at: 0, metric: 'sufficiency', rating: 0 }]);
    expect(await current(page)).toBe('Plausibility');
    expect(await focused(page)).toMatch(/^Plausibility, not rated/);
    await page.close();
  });
});

describe('what is shown', () => {
  test('marks attributions, and takes no text for markup', async () => {
    const page = await show([makeActions([POWER, HOSTILE])]);
    expect(await page.locator('mark').allTextContents()).toEqual(POWER.attributions);
    await press(page, 'ArrowRight');
    expect(await heading(page)).toBe('<img src=x onerror=alert(1)>');
    expect(await page.locator('mark').allTextContents()).toEqual(['<b>keep</b>']);
    expect(await page.locator('.card :is(img, script, b, a)').count()).toBe(0);
    expect(await page.locator('.explanation').textContent()).toBe('None is given.');
    await page.close();
  });

  test('comes back to the place it was left at, and to the first unrated in another deck', async () => {
    const page = await show([makeActions([HOSTILE, POWER, WEALTH])]);
    await press(page, 'ArrowRight', 'ArrowDown', 'ArrowDown');
    const state = await page.evaluate('window.state');
    await page.close();
    const again = await show([makeActions([HOSTILE, POWER, WEALTH])], { state });
    expect([await heading(again), await current(again)]).toEqual(['Social Power', 'Sufficiency']);
    await again.close();
    const other = await show([makeActions([HOSTILE, POWER], { key: 'other' })], { state });
    expect([await heading(other), await current(other)]).toEqual([HOSTILE.value, 'Harmlessness']);
    await other.close();
  });

  test('says what could not be saved, and offers to try again', async () => {
    const page = await show([makeActions([POWER])]);
    await send(page, { type: 'save', save: { unsaved: 2, reason: 'EACCES: permission denied' } });
    const alert = page.getByRole('alert');
    expect(await alert.textContent()).toMatch(/^2 judgements are not on the disk yet: EACCES/);
    await picture(page, 'review-unsaved');
    await alert.getByRole('button', { name: 'Save Again' }).click();
    expect(await sent(page, 'saveAgain')).toHaveLength(1);
    await send(page, { type: 'save', save: { unsaved: 0 } });
    await alert.waitFor({ state: 'hidden' });
    await page.close();
  });

  test.each(['dark', 'light', 'high-contrast', 'high-contrast-light'] as const)(
    'keeps nobody out, %s',
    async (theme) => {
      const page = await show([makeActions([POWER, HOSTILE])], { theme });
      await press(page, '1', '0');
      await picture(page, `review-page-${theme}`);
      expect(await listBarriers(page)).toEqual([]);
      await page.close();
    },
  );

  test.each([
    ['review-narrow', 480],
    ['review-tiny', 320],
  ])('at 200 %% or in a narrow column nothing is cut: %s', async (name, width) => {
    const page = await show([makeActions([POWER, HOSTILE])], { width });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    await picture(page, name);
    await page.close();
  });
});

describe('coding risks', () => {
  test('a key codes the gap and goes to the next; every key stands on screen', async () => {
    const page = await show([makeGaps()]);
    expect(await page.locator('.risk kbd').allTextContents()).toEqual([...'0123456789', 'R']);
    await press(page, '1');
    expect(await heading(page)).toBe('Social Power');
    expect(await page.locator('.risk[aria-pressed=true] .name').textContent()).toBe('None');
    await press(page, 'r', '9');
    expect(await sent(page, 'code')).toEqual([
      { type: 'code', at: 0, risk: 'discrimination' },
      { type: 'code', at: 1, risk: 'undermining institutions' },
      { type: 'code', at: 2, risk: 'polarization' },
    ]);
    expect(await live(page)).toMatch(/^Coded polarization\. 3 of 3 coded\. That was the last gap/);
    await page.close();
  });

  test('the list is walked by arrows, and Enter takes one', async () => {
    const page = await show([makeGaps()]);
    await press(page, 'ArrowDown', 'ArrowDown', 'Enter');
    expect(await sent(page, 'code')).toEqual([{ type: 'code', at: 0, risk: 'autonomy violation' }]);
    await page.close();
  });

  test.each(['dark', 'light', 'high-contrast'] as const)('keeps nobody out, %s', async (theme) => {
    const page = await show([makeGaps()], { theme });
    await press(page, 'ArrowRight');
    await picture(page, `risks-page-${theme}`);
    expect(await listBarriers(page)).toEqual([]);
    await page.close();
  });
});

describe('results', () => {
  const turn = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

  test.each(['dark', 'light', 'high-contrast'] as const)('agreement as charts and tables, %s', async (theme) => {
    const page = await show([makeActions([POWER])], { theme, width: 1280 });
    await turn(page, 'Agreement');
    expect(await sent(page, 'ask')).toEqual([{ type: 'ask', for: 'agreement' }]);
    await send(page, makeAgreement());
    await page.getByText('Variant 5 is best: 0.893').waitFor();
    expect(await page.locator('section:visible h2').allTextContents()).toEqual([
      'Ratings by metric',
      'Agreement of reviewers',
      'Ratings by generation variant',
      'Ratings by country',
    ]);
    await picture(page, `agreement-page-${theme}`);
    expect(await listBarriers(page)).toEqual([]);
    for (const button of await page.getByRole('button', { name: 'Table', exact: true }).all()) {
      if (await button.isVisible()) await button.click();
    }
    const rows = page.locator('#ratings-by-metric tbody tr');
    expect((await rows.first().locator('th, td').allTextContents()).slice(0, 4)).toEqual([
      'Correctness',
      '0.930',
      '0.850',
      '0.990',
    ]);
    expect(await page.locator('#agreement-by-metric tbody tr').nth(1).textContent()).toContain('all rated the same');
    await picture(page, `agreement-tables-${theme}`);
    expect(await listBarriers(page)).toEqual([]);
    await page.close();
  });

  test('another metric is chosen, the CSV asked for, and digits rate nothing meanwhile', async () => {
    const page = await show([makeActions([POWER])], { width: 1280 });
    await turn(page, 'Agreement');
    await send(page, makeAgreement());
    const section = page.locator('#ratings-by-variant');
    const draw = () => page.evaluate('document.querySelector("#ratings-by-variant canvas").toDataURL()');
    const before = await draw();
    await section.getByRole('button', { name: 'Plausibility' }).click();
    expect(await draw()).not.toBe(before);
    await page.getByRole('button', { name: 'Save as CSV…' }).click();
    await press(page, '1');
    expect(await sent(page, 'exportCsv')).toEqual([{ type: 'exportCsv', of: 'agreement' }]);
    expect(await sent(page, 'rate')).toEqual([]);
    await page.close();
  });

  test('are held back while the reader’s own ratings are not complete', async () => {
    const page = await show([makeActions([POWER])]);
    await turn(page, 'Agreement');
    await send(page, makeAgreement({ unfinished: true }));
    await page.getByText('Your own ratings are not complete.').waitFor();
    expect(await page.getByText('Variant 5').count()).toBe(0);
    await page.getByRole('button', { name: 'Show Them All the Same' }).click();
    await page.getByText('Variant 5 is best').waitFor();
    await page.close();
  });

  test('say what to do where there are none', async () => {
    const page = await show([{ type: 'results', of: 'agreement', title: 'Ratings in examples' }]);
    await send(page, makeAgreement({ ratings: 0 }));
    await page.getByText('Nobody has rated an action here yet.').waitFor();
    await page.close();
  });

  test('count risks by type and model', async () => {
    const page = await show([makeGaps()], { width: 1280 });
    await turn(page, 'Counts');
    await send(page, makeCounts());
    await page.getByText('31 gaps coded by 2 reviewers in examples').waitFor();
    await page.getByText('gateway/careful-1: 5 of 15 coded gaps carry a risk; lab/blunt-2: 7 of 16').waitFor();
    await picture(page, 'risk-counts');
    await page.getByRole('button', { name: 'Table', exact: true }).click();
    expect(await page.locator('tbody tr').first().locator('th, td').allTextContents()).toEqual([
      'Discrimination',
      'Individual',
      '3',
      '5',
    ]);
    expect(await listBarriers(page)).toEqual([]);
    await page.close();
  });
});
