/** The inspector's page by itself, in every state that a workbench takes long to get into. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../scripts/bootstrap.mjs';
import { launchBrowser } from '../../scripts/browser.mjs';
import { ensureChromium } from '../../scripts/chromium.mjs';
import { renderChartsHtml } from '../../src/extension/panels/chartsHtml';
import {
  type InspectedItem,
  type InspectedModel,
  type RawAnswer,
  type ToInspector,
  toInspectorSchema,
} from '../../src/protocol/inspector';
import { THEMES } from '../webview/themes.mjs';

let folder: string;
let browser: Browser;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'value-action-lens-page-'));
  const entryPoints = { inspector: join(root, 'webview-ui/inspector/main.ts') };
  await build({ bundle: true, entryPoints, outdir: folder, format: 'iife', target: 'es2022', logLevel: 'warning' });
  browser = await launchBrowser(await ensureChromium());
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

const model: InspectedModel = {
  model: 'lab/parrot',
  version: '1',
  series: 0,
  asked: '09:30',
  status: 'gap',
  direction: 'stated-agree-acted-disagree',
  stale: false,
  stated: 0,
  acted: 1,
  distance: 1,
  stateAnswers: [{ variant: 0, repeat: 0, answer: 1 }],
  actAnswers: [{ variant: 0, repeat: 0, answer: 'disagree' }],
  failures: 0,
  agree: { action: 'I buy <b>everything</b>.', attributions: ['<b>everything</b>'] },
  disagree: { action: 'I buy nothing.', attributions: [] },
};

const item: InspectedItem = {
  type: 'show',
  key: 'k',
  scenario: 'us-health',
  country: 'United States',
  topic: 'Health',
  file: 'a.scenario.yaml',
  value: '<img src=x>',
  definition: 'possessions',
  motivationalType: 'Power',
  models: [model],
  selected: 0,
  place: { order: 'file', index: 0, total: 1 },
  running: [],
  canRun: true,
};

const VIEWPORT = { width: 640, height: 900 };

/** The page with VS Code's part played by a stub, after it got these messages. */
async function show(messages: readonly ToInspector[], theme: keyof typeof THEMES = 'dark'): Promise<Page> {
  const page = await browser.newPage({ viewport: VIEWPORT });
  const html = renderChartsHtml({
    nonce: 'n',
    script: '/inspector.js',
    style: '/inspector.css',
    title: 'Gap Inspector',
  });
  await page.route('http://page.test/**', (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: html });
    const contentType = pathname.endsWith('.css') ? 'text/css' : 'text/javascript';
    return route.fulfill({ contentType, body: readFileSync(join(folder, pathname)) });
  });
  await page.addInitScript(`
    window.sent = [];
    window.acquireVsCodeApi = () => ({ postMessage: (message) => window.sent.push(message) });
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

async function send(page: Page, message: ToInspector): Promise<void> {
  // What the page would refuse proves nothing.
  toInspectorSchema.parse(message);
  await page.evaluate(`new Promise((done) => {
    window.addEventListener('message', () => setTimeout(done), { once: true });
    window.postMessage(${JSON.stringify(message)}, '*');
  })`);
}

const sent = (page: Page) => page.evaluate('window.sent') as Promise<unknown[]>;
const text = (page: Page) => page.locator('main').textContent();

describe('before there is anything to see', () => {
  test('says what to do, with the picture of the idea', async () => {
    const page = await show([{ type: 'empty', reason: 'Choose a gap in the Gaps view.', loading: false }]);
    expect(await page.locator('.idea').count()).toBe(1);
    expect(await page.getByRole('status').first().textContent()).toBe('Choose a gap in the Gaps view.');
    expect(await sent(page)).toEqual([{ type: 'ready' }]);
    await page.close();
  });

  test('is busy while runs are read', async () => {
    const page = await show([{ type: 'empty', reason: 'Reading the runs…', loading: true }]);
    expect(await page.locator('main').getAttribute('aria-busy')).not.toBeNull();
    await send(page, item);
    expect(await page.locator('main').getAttribute('aria-busy')).toBeNull();
    await page.close();
  });

  test('an item that no model was asked about offers the one next step', async () => {
    const page = await show([{ ...item, models: [], place: { order: 'file', index: -1, total: 0 } }]);
    expect(await text(page)).toContain('Not evaluated yet. Tick a model in the Models view, then run this item.');
    await page.getByRole('button', { name: 'Run this item' }).click();
    expect(await sent(page)).toEqual([{ type: 'ready' }, { type: 'run' }]);
    await page.close();
  });

  test('says which model is being asked, and offers no second run', async () => {
    const page = await show([{ ...item, models: [], running: ['lab/parrot'], canRun: false }]);
    expect(await page.getByText('Asking parrot…').count()).toBe(1);
    expect(await page.getByRole('button', { name: 'Run this item' }).count()).toBe(0);
    await page.close();
  });
});

describe('with results', () => {
  test('names from files are text', async () => {
    const page = await show([item]);
    expect(await page.locator('h1').textContent()).toBe('<img src=x>');
    expect(await page.locator('img, b').count()).toBe(0);
    expect(await page.locator('mark').allTextContents()).toEqual(['<b>everything</b>']);
    await page.close();
  });

  test('asks for the responses once for each result, and says when there is none', async () => {
    const page = await show([item, item]);
    expect(await sent(page)).toEqual([{ type: 'ready' }, { type: 'readRaw', key: 'k', model: 'lab/parrot' }]);
    await page.getByRole('button', { name: 'Response to variant 0' }).first().click();
    expect(await text(page)).toContain('Reading the response…');
    await send(page, { type: 'raw', key: 'k', model: 'lab/parrot', answers: [], failures: [] });
    expect(await text(page)).toContain('The run file does not hold this response.');
    await send(page, { type: 'raw', key: 'k', model: 'lab/parrot', answers: [], failures: [], problem: 'It is gone.' });
    expect(await page.locator('.notice').first().textContent()).toBe('It is gone.');
    await send(page, { ...item, models: [{ ...model, version: '2' }] });
    expect((await sent(page)).length).toBe(3);
    await page.close();
  });

  test('shows replies that could not be read, what was cut and what failed', async () => {
    const answer: RawAnswer = {
      task: 'state',
      variant: 0,
      repeat: 0,
      raw: '{"a": 1}',
      cut: 1234,
      unread: ['no JSON'],
      cached: true,
    };
    const failure = { task: 'act', variant: 3, repeat: 1, code: 'timeout', message: 'No answer within 60 s.' } as const;
    const page = await show([
      { ...item, models: [{ ...model, failures: 1 }] },
      { type: 'raw', key: 'k', model: 'lab/parrot', answers: [answer], failures: [failure] },
    ]);
    await page.getByRole('button', { name: 'Show responses' }).first().click();
    expect(await page.locator('pre').allTextContents()).toEqual(['no JSON', '{"a": 1}']);
    const said = await text(page);
    expect(said).toContain('known from an earlier run · 1,234 further characters are in the run file');
    expect(said).toContain('Variant 3, repeat 2: No answer within 60 s.');
    expect(said).toContain('1 request got no answer at all.');
    // Text does not touch the frame around it, and the marks of a list stand on the page.
    const paddings = await page.evaluate(
      `['pre', '.answers-of > ul'].map((selector) => parseFloat(getComputedStyle(document.querySelector(selector)).paddingLeft))`,
    );
    expect(paddings).toEqual([12, 20]);
    await page.close();
  });

  test('repeats have a column, and many of them do not flood the page', async () => {
    const actAnswers = Array.from({ length: 160 }, (_, at) => ({
      variant: at % 8,
      repeat: Math.floor(at / 8),
      answer: 'disagree' as const,
    }));
    const page = await show([{ ...item, models: [{ ...model, actAnswers }] }]);
    const rows = page.locator('table[aria-labelledby=task-act] tbody tr');
    expect(await page.locator('table[aria-labelledby=task-act] thead').textContent()).toContain('Repeat');
    expect(await rows.count()).toBe(48);
    await page.getByRole('button', { name: 'Show all 160 answers' }).click();
    expect(await rows.count()).toBe(160);
    await page.close();
  });

  test('says for the only gap that there is no other, and steps nowhere', async () => {
    const page = await show([item]);
    const next = page.getByRole('button', { name: 'Next gap' });
    expect(await next.getAttribute('aria-disabled')).toBe('true');
    await next.click({ force: true });
    expect(await sent(page)).not.toContainEqual({ type: 'step', step: 1 });
    await page.close();
  });

  test('keys lead on, and what was found is read out', async () => {
    const page = await show([{ ...item, place: { order: 'view', index: 1, total: 7 } }]);
    await page.keyboard.press('Alt+ArrowDown');
    await page.keyboard.press('Alt+ArrowUp');
    expect((await sent(page)).slice(2)).toEqual([
      { type: 'step', step: 1 },
      { type: 'step', step: -1 },
    ]);
    const said = await page.locator('body > [role=status]').textContent();
    expect(said).toBe(
      '<img src=x>. parrot says agree, acts disagree: stated 0.00, acted 1.00, a gap of 1.00. Gap 2 of 7 in the Gaps view',
    );
    await page.close();
  });

  test('a message it does not understand is said, not swallowed', async () => {
    const page = await show([]);
    await page.evaluate(`window.postMessage({ type: 'show', key: 7 }, '*')`);
    await page.getByText('Reload the window.').first().waitFor();
    await page.close();
  });
});

describe('whatever the theme', () => {
  test.each(Object.keys(THEMES) as (keyof typeof THEMES)[])('text stands out enough in %s', async (theme) => {
    const stale = { ...model, model: 'lab/owl', series: 1, stale: true };
    const unusable = {
      ...model,
      model: 'lab/mute',
      series: 2,
      status: 'unusable' as const,
      acted: null,
      distance: null,
    };
    const page = await show([{ ...item, models: [model, stale, unusable] }], theme);
    const low = (await page.evaluate(`(${findLowContrast.toString()})()`)) as string[];
    expect(low).toEqual([]);
    await page.close();
  });
});

/** Texts with a contrast below 4.5 : 1 against what is behind them (WCAG 1.4.3). Runs in the page. */
function findLowContrast(): string[] {
  const page = globalThis as unknown as {
    document: { querySelectorAll(selector: string): Iterable<Shown> };
    getComputedStyle(element: Shown): { color: string; backgroundColor: string; opacity: string };
  };
  interface Shown {
    readonly parentElement: Shown | null;
    readonly childNodes: Iterable<{ nodeType: number; textContent: string | null }>;
    readonly className: unknown;
  }
  type Colour = readonly [number, number, number, number];
  const read = (colour: string): Colour => {
    const [r = 0, g = 0, b = 0, a = 1] = (colour.match(/[\d.]+/g) ?? []).map(Number);
    return [r, g, b, a];
  };
  const over = (top: Colour, under: Colour): Colour => {
    const mix = (at: 0 | 1 | 2) => top[at] * top[3] + under[at] * (1 - top[3]);
    return [mix(0), mix(1), mix(2), 1];
  };
  const light = ([r, g, b]: Colour) => {
    const [lr = 0, lg = 0, lb = 0] = [r, g, b].map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * lr + 0.7152 * lg + 0.0722 * lb;
  };
  const ground = (element: Shown | null): Colour => {
    if (!element) return [255, 255, 255, 1];
    const own = read(page.getComputedStyle(element).backgroundColor);
    return own[3] === 1 ? own : over(own, ground(element.parentElement));
  };
  const found: string[] = [];
  for (const element of page.document.querySelectorAll('main *')) {
    const text = [...element.childNodes]
      .filter(({ nodeType }) => nodeType === 3)
      .map(({ textContent }) => textContent?.trim())
      .join('');
    if (text === '' || String(element.className).includes('unseen')) continue;
    // The disabled way on is exempt.
    if (text === '↓ Next' || text === '↑ Previous') continue;
    const { color } = page.getComputedStyle(element);
    const behind = ground(element);
    const [a, b] = [light(over(read(color), behind)), light(behind)];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < 4.5) found.push(`${text.slice(0, 40)}: ${contrast.toFixed(2)} : 1`);
  }
  return found;
}
