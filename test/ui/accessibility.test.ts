/** Who can use our pages: no serious finding of axe-core in any theme, no motion where it is unwanted, 200 % zoom. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../scripts/bootstrap.mjs';
import { measureRuns } from '../../src/display/report/measuredRuns';
import { writeHtmlReport } from '../../src/display/report/reportPage';
import { dress, type OpenOptions, Pages, settle, type ThemeName } from '../webview/pages';
import { SAMPLE_PAGES } from '../webview/samplePages';
import { makeStudyRun } from '../webview/sampleStudy';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const pictures = join(root, 'test-output/screenshots/pages');

let pages: Pages;
let report: string;

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  pages = await Pages.start();
  report = mkdtempSync(join(tmpdir(), 'value-action-lens-accessible-'));
  const countries = ['Nigeria', 'Egypt'];
  const topics = ['Politics', 'Leisure'];
  const runs = [1, 2].map((seed) => makeStudyRun({ model: `lab/model-${seed}`, countries, topics, seed }));
  const origin = { version: '1', runSchema: 'r@1', reportSchema: 'p@1', madeAt: '2026-01-31T09:30:00.000Z' };
  writeFileSync(join(report, 'report.html'), writeHtmlReport(measureRuns(runs), origin));
});
afterAll(async () => {
  await pages?.stop();
  rmSync(report, { recursive: true, force: true });
});

const NAMES = Object.keys(SAMPLE_PAGES);
const THEMES: readonly ThemeName[] = ['dark', 'light', 'high-contrast', 'high-contrast-light'];

async function open(name: string, options: OpenOptions = {}): Promise<Page> {
  const sample = SAMPLE_PAGES[name];
  if (!sample) throw new Error(`There is no page "${name}".`);
  const page = await pages.open(sample.page, sample.messages, { ...options, state: sample.state });
  for (const button of sample.press ?? []) await page.getByRole('button', { name: button }).first().click();
  await settle(page);
  return page;
}

async function openReport(options: BrowserContextOptions): Promise<Page> {
  const page = await (await pages.browser.newContext({ ...options, offline: true })).newPage();
  await page.goto(pathToFileURL(join(report, 'report.html')).href);
  return page;
}

interface Finding {
  readonly id: string;
  readonly impact: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** Findings that keep somebody out, each with the first places where it stands. */
async function findSerious(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const found = await page.evaluate<Finding[]>(
    `axe.run(document, { resultTypes: ['violations'] }).then((result) => result.violations)`,
  );
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => {
      const places = nodes
        .slice(0, 4)
        .map(({ html, failureSummary }) => `${html.slice(0, 160)} (${failureSummary.slice(0, 300)})`);
      return `${id}: ${help}; ${nodes.length} ×\n  ${places.join('\n  ')}`;
    });
}

describe('axe-core finds nothing serious in any theme:', () => {
  test.each(NAMES)('%s', async (name) => {
    const page = await open(name, { viewport: { width: 760, height: 900 } });
    const found: Record<string, string[]> = {};
    for (const theme of THEMES) {
      await dress(page, theme);
      await settle(page);
      await page.screenshot({ path: join(pictures, `${name.replace(/\W+/g, '-')}-${theme}.png`), fullPage: true });
      found[theme] = await findSerious(page);
    }
    expect(found).toEqual(Object.fromEntries(THEMES.map((theme) => [theme, []])));
    await page.context().close();
  });
});

describe('axe-core finds nothing serious in the report', () => {
  test.each([
    ['light', { colorScheme: 'light' }],
    ['dark', { colorScheme: 'dark' }],
    ['high contrast', { forcedColors: 'active', contrast: 'more' }],
  ] as const)('on %s paper', async (name, media) => {
    const page = await openReport(media);
    await page.screenshot({ path: join(pictures, `report-${name.replace(' ', '-')}.png`), fullPage: true });
    expect(await findSerious(page)).toEqual([]);
    await page.context().close();
  });
});

test('axe-core sees what is wrong: a picture and a button without names', async () => {
  const page = await open('charts, nothing yet');
  await page.evaluate(
    `document.body.append(document.createElement('button'), Object.assign(new Image(), { src: 'data:,' }))`,
  );
  expect((await findSerious(page)).map((finding) => finding.split(':')[0])).toEqual(['button-name', 'image-alt']);
  await page.context().close();
});

/** What moves or may move: elements whose style has a transition or an animation that takes time. */
function findMotion(page: Page): Promise<string[]> {
  return page.evaluate(`
    [...document.querySelectorAll('*')]
      .flatMap((element) => [undefined, '::before', '::after'].map((part) => ({ element, style: getComputedStyle(element, part) })))
      .filter(({ style }) => {
        const times = [style.transitionDuration, style.transitionDelay, style.animationDuration].join().split(',');
        const moves = times.some((time) => Number.parseFloat(time) > 0);
        return moves || style.scrollBehavior === 'smooth';
      })
      .map(({ element }) => element.outerHTML.slice(0, 80))
  `);
}

/** A column of 640 px beside the editor, at 200 %. */
const ZOOMED = { viewport: { width: 320, height: 450 }, deviceScaleFactor: 2 };

/** How far the page, or a part that cannot be scrolled to, goes over the right edge of the window. */
function findOverflow(page: Page): Promise<string[]> {
  return page.evaluate(`
    (() => {
      const width = document.documentElement.clientWidth;
      const over = document.documentElement.scrollWidth - width;
      const isIn = (element) => !element || (getComputedStyle(element).overflowX === 'visible' && isIn(element.parentElement));
      const parts = [...document.querySelectorAll('body *')]
        .filter((element) => element.getClientRects().length > 0 && !element.closest('svg *') && isIn(element.parentElement))
        .filter((element) => element.getBoundingClientRect().right > width + 1)
        .map((element) => element.outerHTML.slice(0, 100));
      return [...(over > 0 ? ['the page by ' + over + ' px'] : []), ...parts.slice(0, 5)];
    })()
  `);
}

describe('at 200 % nothing goes over the edge, and with reduced motion nothing moves:', () => {
  const options = { ...ZOOMED, reducedMotion: 'reduce' } as const;
  test.each(NAMES)('%s', async (name) => {
    const page = await open(name, options);
    await page.screenshot({ path: join(pictures, `${name.replace(/\W+/g, '-')}-zoomed.png`), fullPage: true });
    expect(await findOverflow(page)).toEqual([]);
    expect(await findMotion(page)).toEqual([]);
    await page.context().close();
  });

  test('the report', async () => {
    const page = await openReport(options);
    expect(await findOverflow(page)).toEqual([]);
    expect(await findMotion(page)).toEqual([]);
    await page.context().close();
  });

  test('and the checks see what would move, and what goes over the edge', async () => {
    const page = await open('inspector of a gap', { ...ZOOMED, reducedMotion: 'no-preference' });
    expect(await findMotion(page)).not.toEqual([]);
    expect(await findOverflow(page)).toEqual([]);
    await page.evaluate(`document.querySelector('h1').style.width = '400px'`);
    expect(await findOverflow(page)).not.toEqual([]);
    await page.context().close();
  });
});
