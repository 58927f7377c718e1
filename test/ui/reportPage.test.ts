/** The report in a real browser: it opens from the disk with no network, shows everything, and runs nothing. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../scripts/bootstrap.mjs';
import { launchBrowser } from '../../scripts/browser.mjs';
import { ensureChromium } from '../../scripts/chromium.mjs';
import { type MeasuredRuns, measureRuns } from '../../src/display/report/measuredRuns';
import { chartReport, listCharts } from '../../src/display/report/reportCharts';
import { writeHtmlReport } from '../../src/display/report/reportPage';
import { drawFile } from '../../src/display/svg/chart';
import { item, makeRun } from '../core/compare/runs';
import { sharedDataIsThere } from '../fixtures/sharedData';
import { makeStudyRun, RECORDED_MODELS, readRecordedRun } from '../webview/sampleStudy';

let folder: string;
let browser: Browser;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'value-action-lens-report-'));
  browser = await launchBrowser(await ensureChromium());
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

const ORIGIN = {
  version: '0.1.0',
  runSchema: 'value-action-lens/run@1',
  reportSchema: 'value-action-lens/report@1',
  madeAt: '2026-01-31T09:30:00.000Z',
};
const EVIL = '<script>window.hacked = 1</script><img src=x onerror="window.hacked = 1">"\'';

const hostile = measureRuns([
  makeRun(
    [
      { country: EVIL, topic: EVIL, key: EVIL, items: [item(EVIL, 'AD'), item('Loyal', 'DD')] },
      { country: 'Egypt', topic: 'Leisure', items: [item(EVIL, 'DA'), item('Loyal', 'AD')] },
    ],
    { id: EVIL, model: { id: EVIL, parameters: {}, notes: [EVIL] } },
  ),
]);
const study = measureRuns(
  [1, 2].map((seed) =>
    makeStudyRun({
      model: `lab/model-${seed}`,
      countries: ['Nigeria', 'Egypt'],
      topics: ['Politics', 'Leisure'],
      seed,
    }),
  ),
);

interface Opened {
  readonly page: Page;
  readonly requests: readonly string[];
  readonly problems: readonly string[];
}

async function open(measured: MeasuredRuns, colorScheme: 'light' | 'dark', width = 1000): Promise<Opened> {
  const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 }, offline: true });
  const page = await context.newPage();
  const requests: string[] = [];
  const problems: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('console', (entry) => ['error', 'warning'].includes(entry.type()) && problems.push(entry.text()));
  page.on('pageerror', (error) => problems.push(error.message));
  const path = join(folder, `${colorScheme}-${width}.html`);
  writeFileSync(path, writeHtmlReport(measured, ORIGIN));
  await page.goto(pathToFileURL(path).href);
  return { page, requests, problems };
}

describe('the page', () => {
  test('opens from the disk and asks for nothing else', async () => {
    const { page, requests, problems } = await open(study, 'light');
    expect(requests).toEqual([page.url()]);
    expect(problems).toEqual([]);
    expect(await page.locator('h1').textContent()).toBe('Value-Action Lens report');
    expect(await page.locator('svg[role=img]').count()).toBe(listCharts(chartReport(study)).length);
    await page.context().close();
  });

  test('shows hostile names as text and runs none of them', async () => {
    const { page, problems } = await open(hostile, 'light');
    const found = await page.evaluate<{ hacked: boolean; active: number; handlers: number; text: string }>(`({
      hacked: 'hacked' in window,
      active: document.querySelectorAll('script, img, iframe, object, embed, link, form').length,
      handlers: document.evaluate('count(//@*[starts-with(name(), "on")])', document).numberValue,
      text: document.body.textContent,
    })`);
    expect(found).toMatchObject({ hacked: false, active: 0, handlers: 0 });
    expect(found.text).toContain('<script>window.hacked = 1</script>');
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('lets nothing run or load, even if something got in', async () => {
    const { page } = await open(study, 'light');
    await page.evaluate(`{
      window.refused = [];
      document.addEventListener('securitypolicyviolation', (event) => refused.push(event.effectiveDirective));
      const script = document.createElement('script');
      script.textContent = 'window.hacked = 1';
      const image = document.createElement('img');
      image.src = 'http://127.0.0.1:9/x.png';
      document.body.append(script, image);
    }`);
    await page.waitForFunction('refused.length === 2');
    expect(await page.evaluate('refused.toSorted()')).toEqual(['img-src', 'script-src-elem']);
    expect(await page.evaluate('"hacked" in window')).toBe(false);
    await page.context().close();
  });

  test('follows the colours of its reader', async () => {
    const papers: string[] = [];
    for (const scheme of ['light', 'dark'] as const) {
      const { page } = await open(study, scheme);
      papers.push(await page.evaluate<string>('getComputedStyle(document.body).backgroundColor'));
      papers.push(await page.evaluate<string>('getComputedStyle(document.querySelector("svg .val-s0")).fill'));
      await page.context().close();
    }
    expect(new Set(papers).size).toBe(4);
  });

  test('fits a narrow window, and its charts have names and table twins', async () => {
    const { page } = await open(study, 'light', 420);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(420);
    const unnamed = await page.evaluate(`
      [...document.querySelectorAll('svg[role=img]')].filter((svg) =>
        svg.getAttribute('aria-labelledby').split(' ').some((id) => !document.getElementById(id)?.textContent),
      ).length
    `);
    expect(unnamed).toBe(0);
    await page.getByText('Alignment rate by country as a table').click();
    await page.getByRole('table', { name: 'Alignment rate by country' }).waitFor();
    await page.context().close();
  });

  test('leads by keyboard to its sections', async () => {
    const { page } = await open(study, 'light');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(new URL(page.url()).hash).toBe('#rates');
    await page.context().close();
  });
});

test('every picture is well-formed by itself', async () => {
  const page = await browser.newPage();
  for (const measured of [study, hostile]) {
    for (const chart of listCharts(chartReport(measured))) {
      const file = JSON.stringify(drawFile(chart));
      const wrong = await page.evaluate(`
        new DOMParser().parseFromString(${file}, 'image/svg+xml').querySelector('parsererror')?.textContent ?? null
      `);
      expect(wrong, chart.id).toBeNull();
    }
  }
  await page.close();
});

test('the report of the recorded study, to be looked at', async () => {
  const measured = sharedDataIsThere ? measureRuns(RECORDED_MODELS.map(readRecordedRun)) : study;
  const pictures = join(root, 'test-output/screenshots');
  mkdirSync(pictures, { recursive: true });
  for (const scheme of ['light', 'dark'] as const) {
    const { page, problems } = await open(measured, scheme);
    await page.screenshot({ path: join(pictures, `report-${scheme}.png`), fullPage: true });
    expect(problems).toEqual([]);
    await page.context().close();
  }
});
