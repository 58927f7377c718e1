/** The loop people open the extension for: pin a run, change the wording, run again, and see on the line what became of it. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../scripts/bootstrap.mjs';
import { type OpenAIServer, startOpenAIServer } from '../fixtures/openaiServer';
import { type OpenWorkbench, openWorkbench } from './harness/openWorkbench';

let server: OpenAIServer;
let open: OpenWorkbench;
/** Actions that the model takes whatever stands against them. */
const taken = new Set(['I keep a job that wears me out']);

beforeAll(async () => {
  server = await startOpenAIServer({
    state: () => 3,
    pick: (option1) => ([...taken].some((start) => option1.startsWith(start)) ? 1 : 2),
  });
  open = await openWorkbench({
    fixture: join(root, 'examples'),
    machineSettings: { 'valueActionLens.endpoints': [{ name: 'lab', baseUrl: server.baseUrl, models: ['parrot'] }] },
  });
});
afterAll(async () => {
  await open?.close();
  await server?.close();
});

describe('a baseline', () => {
  test('is pinned in the Runs view', async () => {
    const { workbench } = open;
    await workbench.openFile('quickstart.scenario.yaml');
    await workbench.openView('Value-Action Lens');
    await workbench.tick('parrot');
    await workbench.runCommand('Value-Action Lens: Run Evaluation');
    await workbench.decoration(/says disagree, acts agree/);
    await workbench.clearNotifications();
    await workbench.runCommand('Value-Action Lens: Pin as Baseline');
    await workbench.pick('lab/parrot');
    await workbench.treeRow(/baseline/).waitFor();
  });

  test('a later run says on the line, and first in the tree, which gaps closed', async () => {
    const { workbench } = open;
    await workbench.runCommand('Go to Line/Column');
    await workbench.answerInput(':28:10');
    await workbench.page.keyboard.press('End');
    await workbench.page.keyboard.type(' Still.');
    taken.clear();
    taken.add('I cut my hours');
    await workbench.runCommand('Value-Action Lens: Run Evaluation');
    expect(await workbench.decoration(/gap closed/)).toMatch(/was 0\.\d\d → 0\.\d\d/);
    await workbench.clearNotifications();
    const items = workbench.sideBar.getByRole('treeitem').filter({ hasText: /closed/ });
    await items.first().waitFor();
    const rows = await workbench.sideBar.getByRole('treeitem').allTextContents();
    const firstItem = rows.findIndex((row) => row.includes('United States · Health')) + 1;
    expect(rows[firstItem]).toMatch(/closed/);
    for (const theme of ['dark', 'light', 'highContrast'] as const) {
      await workbench.setTheme(theme);
      await workbench.screenshot(`baseline-${theme}`);
    }
  });

  test('two runs stand side by side: the sentence, the flips, the rates and the changed text', async () => {
    const { workbench } = open;
    await workbench.setTheme('dark');
    await workbench.runCommand('Value-Action Lens: Compare Runs');
    // The newest is the run; the pinned one is what it is held against.
    await workbench.pick('lab/parrot');
    const page = workbench.webviewFrame();
    await page
      .getByText(/1 gap closed, 0 opened; the rate/)
      .first()
      .waitFor();
    await page
      .getByText(/one sample per prompt/)
      .first()
      .waitFor();
    expect(await page.locator('tr.closed .move').textContent()).toMatch(/^0\.\d\d → 0\.\d\d$/);
    for (const theme of ['dark', 'light', 'highContrast'] as const) {
      await workbench.setTheme(theme);
      await workbench.screenshot(`compare-${theme}`);
    }
    await page.getByRole('button', { name: 'Show as diff' }).click();
    await workbench.page.locator('.diff-editor, .monaco-diff-editor').first().waitFor();
    await workbench.until('the changed sentence in the diff', async () => {
      return (await workbench.page.locator('.monaco-diff-editor').first().textContent())?.includes('Still.') ?? false;
    });
    await workbench.screenshot('compare-texts');
    await workbench.runCommand('View: Close Editor');
    await page.getByRole('button', { name: 'Wealth' }).click();
    await workbench.page
      .locator('.tabs-container')
      .getByRole('tab', { name: 'quickstart.scenario.yaml', selected: true })
      .waitFor();
  });

  test('is let go of again', async () => {
    const { workbench } = open;
    await workbench.runCommand('Value-Action Lens: Unpin Baseline');
    await workbench.until('no word of it', async () => {
      return !(await workbench.decorationTexts()).some((text) => text.includes('was 0.'));
    });
  });
});
