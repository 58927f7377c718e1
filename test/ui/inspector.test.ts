/** From a gap in the list to everything behind it, in a real browser. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../scripts/bootstrap.mjs';
import { BLUNT, CAREFUL, HOSTILE, readSample, SAMPLE, writeGapRun } from '../fixtures/gapRuns';
import { type OpenWorkbench, openWorkbench } from './harness/openWorkbench';

const examples = join(root, 'examples');
let fixture: string;
let open: OpenWorkbench;
let frame: FrameLocator;

beforeAll(async () => {
  fixture = mkdtempSync(join(tmpdir(), 'value-action-lens-gaps-'));
  cpSync(join(examples, SAMPLE), join(fixture, SAMPLE));
  const scenario = readSample(examples);
  const respond = (value: string, variant: number) =>
    value === 'Wealth' && variant === 0 ? HOSTILE : `{"action": "Option ${(variant % 2) + 1}"}`;
  await writeGapRun(fixture, scenario, { model: 'gateway/careful-1', answers: CAREFUL, respond });
  await writeGapRun(fixture, scenario, { model: 'lab/blunt-2', answers: BLUNT, respond });
  open = await openWorkbench({ fixture, size: { width: 1680, height: 1000 } });
  frame = open.workbench.webviewFrame();
});
afterAll(async () => {
  await open?.close();
  rmSync(fixture, { recursive: true, force: true });
});

const gapRows = () => open.workbench.sideBar.getByRole('treeitem', { name: /, gap \d/ });
const gapLabels = () =>
  gapRows().evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label')?.split(', ')[0]));
const heading = (text: string) => frame.locator('h1').getByText(text, { exact: true }).waitFor();
const place = () => frame.locator('.walk .quiet').textContent();

/** The line of the editor's cursor, which stays there while the keyboard is elsewhere. */
const cursorAt = (line: number) =>
  open.workbench.page
    .locator('.editor-instance .active-line-number')
    .getByText(String(line), { exact: true })
    .waitFor();

/** The cell of the Answer column in the row of a variant. */
const answer = (task: 'state' | 'act', variant: number) =>
  frame.locator(`table[aria-labelledby=task-${task}] tbody tr:not(.response)`).nth(variant).locator('td.answer');

describe('the Gaps view', () => {
  test('ranks the gaps of every model, largest first, and counts them', async () => {
    const { workbench } = open;
    await workbench.openView('Value-Action Lens');
    await workbench.openFile(SAMPLE);
    await gapRows().first().waitFor();
    const labels = await gapRows().evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label') ?? ''));
    expect(labels.map((label) => label.split(', ').slice(0, 3).join(', '))).toEqual([
      'Wealth, gap 1.00, blunt-2 says agree',
      'Social Power, gap 0.58, careful-1 says disagree',
      'Wealth, gap 0.58, careful-1 says agree',
      'Enjoying Life, gap 0.42, blunt-2 says agree',
    ]);
    await workbench.page.locator('.activitybar .badge-content').getByText('4', { exact: true }).waitFor();
    await workbench.screenshot('gaps-view');
  });

  test('searches', async () => {
    const { workbench } = open;
    await workbench.runCommand('Value-Action Lens: Search Gaps…');
    await workbench.answerInput('wealth careful');
    await workbench.until('one row', async () => (await gapRows().count()) === 1);
    expect(await gapLabels()).toEqual(['Wealth']);
    await workbench.sideBar.getByText('1 of 4').waitFor();
    await workbench.sideBar.getByText('“wealth careful”').waitFor();
    await workbench.runCommand('Value-Action Lens: Search Gaps…');
    await workbench.answerInput('nothing has this');
    await workbench.sideBar.getByText('No gap matches the filter.').waitFor();
    await workbench.sideBar.getByRole('button', { name: 'Clear Gap Filters' }).first().click();
    await workbench.until('all rows', async () => (await gapRows().count()) === 4);
  });

  test('filters by model, direction, type and distance, with checkmarks', async () => {
    const { workbench } = open;
    await workbench.runCommand('Value-Action Lens: Filter Gaps…');
    const option = (name: string) =>
      workbench.page.locator('.quick-input-list').getByRole('checkbox', { name }).first();
    await option('blunt-2').click();
    await option('0.25 or more').click();
    await option('0.50 or more').click();
    // Of the distances one holds: the one ticked last.
    await workbench.until('the other distance to be unticked', async () => !(await option('0.25 or more').isChecked()));
    expect(await option('0.50 or more').isChecked()).toBe(true);
    await workbench.screenshot('gaps-filter');
    await workbench.page.keyboard.press('Enter');
    await workbench.until('one row', async () => (await gapRows().count()) === 1);
    expect(await gapLabels()).toEqual(['Wealth']);
    await workbench.sideBar.getByText('1 of 4 · blunt-2 · 0.50 or more').waitFor();
    await workbench.screenshot('gaps-filtered');
    await workbench.runCommand('Value-Action Lens: Clear Gap Filters');
    await workbench.until('all rows', async () => (await gapRows().count()) === 4);
  });
});

describe('the inspector', () => {
  test('opens from the list with the numbers, the sentences and the action that was picked', async () => {
    const { workbench } = open;
    await gapRows().nth(2).click();
    await heading('Wealth');
    expect(await place()).toBe('Gap 3 of 4 in the Gaps view');
    await frame
      .getByText('careful-1 says agree, acts disagree: stated 0.25, acted 0.83, a gap of 0.58.', { exact: true })
      .waitFor();
    await frame.getByText('Of 8 answers to Task 2, 1 refused, 1 could not be read: these are left out.').waitFor();
    await frame.getByText('When the two actions swapped places, its choice changed in 1 of 2 pairs.').waitFor();
    expect(await frame.locator('.action.chosen mark').allTextContents()).toEqual(['cut my hours and my pay in half']);
    expect(await frame.locator('.action.chosen figcaption').textContent()).toBe(
      'Disagrees with the value, picked in 5 of 6',
    );
    expect(await answer('state', 2).textContent()).toBe('1 strongly agree');
    expect(await answer('act', 3).textContent()).toBe('refused');
    expect(await answer('act', 6).textContent()).toContain('flips');
    await cursorAt(26);
    await workbench.screenshot('inspector-dark');
  });

  test('shows a response exactly as it came, and nothing in it is markup', async () => {
    const { workbench } = open;
    const toggle = frame.getByRole('button', { name: 'Response to variant 0' }).nth(1);
    await toggle.press('Enter');
    const shown = frame.locator('.response pre');
    expect(await shown.textContent()).toBe(HOSTILE);
    expect(await frame.locator('img, a[href^="command"], .response a').count()).toBe(0);
    expect(await frame.locator('.response *').evaluateAll((all) => all.map(({ tagName }) => tagName))).toEqual(
      expect.not.arrayContaining(['IMG', 'A', 'STRONG', 'CODE']),
    );
    // The button that was pressed still has the keyboard, though the page was drawn anew.
    expect(await toggle.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);
    await frame.locator('#task-act').scrollIntoViewIfNeeded();
    await workbench.screenshot('inspector-response');
  });

  test('goes to the next and the previous gap by keyboard, round at the ends', async () => {
    const { workbench } = open;
    await frame.locator('h1').click();
    await workbench.page.keyboard.press('Alt+ArrowDown');
    await heading('Enjoying Life');
    expect(await place()).toBe('Gap 4 of 4 in the Gaps view');
    await workbench.page.keyboard.press('Alt+ArrowDown');
    await heading('Wealth');
    expect(await place()).toBe('Gap 1 of 4 in the Gaps view');
    await workbench.page.keyboard.press('Control+Shift+F8');
    await heading('Enjoying Life');
    await frame.getByRole('button', { name: 'Previous gap' }).click();
    await frame.locator('.walk').getByText('Gap 3 of 4 in the Gaps view').waitFor();
  });

  test('another model of the same item is a click away, also one without a gap', async () => {
    const { workbench } = open;
    await workbench.treeRow('Enjoying Life').hover();
    await workbench.pressRowAction('Enjoying Life', 'Inspect Gap');
    await heading('Enjoying Life');
    await frame.getByRole('radio', { name: /careful-1/ }).check();
    await frame.locator('.result').getByText('careful-1 is undecided: it picked each action equally often').waitFor();
    await frame.getByText('It always picked Option 1, whichever action stood there').waitFor();
    await frame.getByText('4 answers picked the agreeing action, 4 the other: a tie.').waitFor();
    await workbench.screenshot('inspector-undecided');
  });

  test('copies the item as Markdown in which nothing is markup', async () => {
    const { workbench } = open;
    await gapRows().nth(2).click();
    await heading('Wealth');
    await workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await frame.getByRole('button', { name: 'Copy as Markdown' }).click();
    await workbench.page.locator('.statusbar').getByText('Copied as Markdown').waitFor();
    const copied = await workbench.page.evaluate(async () => {
      const { navigator } = globalThis as unknown as { navigator: { clipboard: { readText(): Promise<string> } } };
      return navigator.clipboard.readText();
    });
    expect(copied).toContain('# Wealth: material possessions\\, money');
    expect(copied).toContain(`\`\`\`\`text\n${HOSTILE}\n\`\`\`\``);
    expect(copied.replace(`\`\`\`\`text\n${HOSTILE}\n\`\`\`\``, '')).not.toContain('command:');
  });
});

describe('from gap to gap in the editor', () => {
  test('Ctrl+F8 goes to the next, Ctrl+Shift+F8 to the previous one, and the inspector goes along', async () => {
    const { workbench } = open;
    await workbench.page.locator('.editor-instance .view-line').first().click();
    await workbench.page.keyboard.press('Control+Home');
    await cursorAt(1);
    await workbench.page.keyboard.press('Control+F8');
    await cursorAt(6);
    await heading('Social Power');
    expect(await place()).toBe('Gap 1 of 3 in this file');
    await workbench.page.keyboard.press('Control+F8');
    await cursorAt(26);
    await heading('Wealth');
    await workbench.page.keyboard.press('Control+Shift+F8');
    await cursorAt(6);
    await workbench.page.keyboard.press('Control+Shift+F8');
    await cursorAt(46);
    await heading('Enjoying Life');
  });

  test('the hover leads to the inspector', async () => {
    const { workbench } = open;
    await workbench.page.locator('.view-line').getByText('Obedient', { exact: true }).first().hover();
    const link = workbench.page.locator('.monaco-hover-content a').filter({ hasText: 'Inspect this item' });
    await link.click();
    await heading('Obedient');
    await frame.getByText('No gap in this file').waitFor({ state: 'detached' });
    expect(await place()).toBe('3 gaps in this file');
  });

  test('an edited item is said to be stale', async () => {
    const { workbench } = open;
    await workbench.page.keyboard.press('Escape');
    await gapRows().nth(0).click();
    await heading('Wealth');
    // By line, not by a click: the line may lie under those that stay in sight at the top.
    await workbench.page.locator('.tabs-container').getByRole('tab', { name: 'quickstart.scenario.yaml' }).click();
    await workbench.runCommand('Go to Line/Column');
    await workbench.answerInput(':32:17');
    await workbench.page.keyboard.type('gladly ');
    await frame.getByText('Stale: the text has changed since this model was asked.').waitFor();
    await workbench.sideBar.getByText('stale').first().waitFor();
    await workbench.screenshot('inspector-stale');
    const stale = frame.getByText('Stale: the text has changed since this model was asked.');
    await workbench.until('the text to be as it was', async () => {
      await workbench.page.keyboard.press('Control+z');
      return (await stale.count()) === 0;
    });
  });
});

describe('for every eye', () => {
  test.each(['light', 'highContrast', 'highContrastLight'] as const)('can be read in %s', async (theme) => {
    const { workbench } = open;
    await gapRows().nth(2).click();
    await heading('Wealth');
    await workbench.setTheme(theme);
    await workbench.page.waitForTimeout(300);
    await workbench.screenshot(`inspector-${theme}`);
    expect(await frame.locator('.scale').count()).toBe(2);
  });

  test('nothing is cut at 200 % zoom', async () => {
    const { workbench } = open;
    await workbench.setTheme('dark');
    await workbench.page.keyboard.press('Control+b');
    await workbench.page.setViewportSize({ width: 840, height: 500 });
    await workbench.page.waitForTimeout(500);
    const over = await frame.locator('html').evaluate((element) => {
      const { scrollWidth, clientWidth } = element as unknown as { scrollWidth: number; clientWidth: number };
      return scrollWidth - clientWidth;
    });
    await workbench.screenshot('inspector-zoom');
    expect(over).toBeLessThanOrEqual(0);
  });
});
