/** Charts as files: what the page hands over is a sharp PNG, an SVG that stands by itself, and every row of the table. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../scripts/bootstrap.mjs';
import { formatRunLine } from '../../src/core/runs/runFile';
import { type FromCharts, fromChartsSchema } from '../../src/protocol/charts';
import type { SavedChart } from '../../src/protocol/savedChart';
import { Pages, readSent, type ThemeName } from '../webview/pages';
import { makeEightModels, makeItem, makeShow, makeThreeModels } from '../webview/sampleResults';
import { makeStudyRun, showRuns } from '../webview/sampleStudy';
import { openWorkbench } from './harness/openWorkbench';

let pages: Pages;
beforeAll(async () => {
  mkdirSync(join(root, 'test-output/screenshots/pages'), { recursive: true });
  pages = await Pages.start();
});
afterAll(() => pages?.stop());

const EVIL = '</text><script>alert(1)</script>';
const three = makeShow([...makeThreeModels(), makeItem('openai/gpt-4o-mini', EVIL, 0, 1)]);
const many = makeShow(
  Array.from({ length: 400 }, (_, at) => makeItem('lab/one', `=Value ${at}`, (at % 50) / 50, at % 2)),
);
const study = showRuns([
  makeStudyRun({ model: 'lab/one', countries: ['Nigeria', 'Egypt'], topics: ['Politics', 'Health and Health Care'] }),
]);

const open = (message: unknown, theme: ThemeName = 'dark') =>
  pages.open('charts', [message], { theme, viewport: { width: 800, height: 900 } });

/** Presses "Save as …" of a chart by keyboard. @returns what came of it, as the extension would take it */
async function save(page: Page, chart: string, form: 'PNG' | 'SVG' | 'CSV'): Promise<SavedChart> {
  await page
    .locator(`#${chart}`)
    .getByRole('button', { name: `Save as ${form}` })
    .focus();
  await page.keyboard.press('Enter');
  const message = fromChartsSchema.parse((await readSent(page)).at(-1)) as Extract<FromCharts, { type: 'save' }>;
  expect([message.type, message.chart, message.saved.form]).toEqual(['save', chart, form.toLowerCase()]);
  return message.saved;
}

/** Draws a picture as any other program would. @returns its size, and how many colours it holds */
function look(page: Page, url: string): Promise<{ width: number; height: number; colours: number }> {
  return page.evaluate(`(async () => {
    const picture = new Image();
    picture.src = ${JSON.stringify(url)};
    await picture.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: picture.width, height: picture.height });
    const context = canvas.getContext('2d');
    context.drawImage(picture, 0, 0);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    const colours = new Set();
    for (let at = 0; at < data.length; at += 4) colours.add((data[at] << 16) | (data[at + 1] << 8) | data[at + 2]);
    return { width: picture.width, height: picture.height, colours: colours.size };
  })()`);
}

const keep = (name: string, content: string | Uint8Array) =>
  writeFileSync(join(root, 'test-output/screenshots/pages', name), content);

describe('saved as PNG and SVG', () => {
  const cases = [
    ['stated-acted', three, 'dark'],
    ['alignment-rate', makeShow(makeEightModels()), 'light'],
    ['distance-heatmap', study, 'dark'],
    ['distance-heatmap', study, 'high-contrast-light'],
    ['ranking', study, 'light'],
  ] as const;
  test.each(cases)('%s', async (chart, message, theme) => {
    const page = await open(message, theme);
    const [png, svg] = [await save(page, chart, 'PNG'), await save(page, chart, 'SVG')];
    if (png.form !== 'png' || svg.form !== 'svg') throw new Error('not what was asked for');
    keep(`saved-${chart}-${theme}.png`, Buffer.from(png.content, 'base64'));
    keep(`saved-${chart}-${theme}.svg`, svg.content);
    // A page of its own: this one's policy lets no picture in.
    const other = await page.context().newPage();
    const raster = await look(other, `data:image/png;base64,${png.content}`);
    const vector = await look(other, `data:image/svg+xml;base64,${Buffer.from(svg.content).toString('base64')}`);
    expect(raster.width).toBe(2 * vector.width);
    expect(Math.abs(raster.height - 2 * vector.height)).toBeLessThanOrEqual(2);
    expect(vector.width).toBeGreaterThan(600);
    expect(Math.min(raster.colours, vector.colours)).toBeGreaterThan(5);
    await page.context().close();
  });

  test('names are text, and the markers’ meaning goes along', async () => {
    const page = await open(three);
    const saved = await save(page, 'stated-acted', 'SVG');
    if (saved.form !== 'svg') throw new Error('not an SVG');
    const found = await page.evaluate<{ error: number; scripts: number; texts: string[] }>(`(() => {
      const svg = new DOMParser().parseFromString(${JSON.stringify(saved.content)}, 'image/svg+xml');
      return {
        error: svg.querySelectorAll('parsererror').length,
        scripts: svg.querySelectorAll('script').length,
        texts: [...svg.querySelectorAll('text')].map((text) => text.textContent),
      };
    })()`);
    expect(found).toMatchObject({ error: 0, scripts: 0 });
    expect(found.texts).toEqual(
      expect.arrayContaining(['Stated and acted per value', ...three.models.map(({ name }) => name)]),
    );
    expect(found.texts.some((text) => text.startsWith('</text><script>'))).toBe(true);
    await page.context().close();
  });
});

describe('saved as CSV', () => {
  test('holds every row, numbers as numbers', async () => {
    const page = await open(many);
    const saved = await save(page, 'stated-acted', 'CSV');
    if (saved.form !== 'csv') throw new Error('not a table');
    expect(saved.rows.length).toBe(400);
    expect(saved.columns.slice(0, 2)).toEqual(['Value', 'Model']);
    const [first = []] = saved.rows;
    expect(first).toHaveLength(saved.columns.length);
    expect(first.filter((cell) => typeof cell === 'number').length).toBeGreaterThanOrEqual(3);
    await page.context().close();
  });

  test('also from the table form, and for a picture whose chart is not on screen', async () => {
    const page = await open(three);
    const section = page.locator('#distance');
    await section.getByRole('button', { name: 'Table', exact: true }).click();
    expect((await save(page, 'distance', 'CSV')).form).toBe('csv');
    const png = await save(page, 'distance', 'PNG');
    expect(png.form === 'png' && png.content.length).toBeGreaterThan(5_000);
    await page.context().close();
  });
});

test('in the editor: by keyboard from the chart to a file on disk', async () => {
  const fixture = mkdtempSync(join(tmpdir(), 'value-action-lens-saved-'));
  mkdirSync(join(fixture, '.value-action-lens/runs'), { recursive: true });
  const { header, observations } = makeStudyRun({
    model: 'one',
    countries: ['Nigeria', 'Egypt'],
    topics: ['Politics'],
  });
  const lines = [header, ...observations].map(formatRunLine);
  writeFileSync(join(fixture, '.value-action-lens/runs/one.jsonl'), lines.join(''));
  const { workbench, workspace, close } = await openWorkbench({ fixture, size: { width: 1280, height: 900 } });
  try {
    await workbench.runCommand('Value-Action Lens: Chart Runs Side by Side');
    const ranking = workbench.webviewFrame().locator('#ranking');
    await ranking.locator('canvas').waitFor();
    for (const [form, start] of [
      ['PNG', '\x89PNG'],
      ['SVG', '<?xml'],
      ['CSV', 'Value'],
    ] as const) {
      const path = join(workspace, `ranking.${form.toLowerCase()}`);
      await ranking.getByRole('button', { name: `Save as ${form}` }).focus();
      await workbench.page.keyboard.press('Enter');
      await workbench.until('the place to be offered', async () => (await workbench.quickInput.inputValue()) === path);
      if (form === 'PNG') await workbench.screenshot('save-chart');
      await workbench.page.keyboard.press('Enter');
      await workbench.until(`the ${form} on disk`, async () => existsSync(path) && readFileSync(path).length > 100);
      expect(readFileSync(path, form === 'PNG' ? 'latin1' : 'utf8').startsWith(start)).toBe(true);
    }
  } finally {
    await close();
    rmSync(fixture, { recursive: true, force: true });
  }
});
