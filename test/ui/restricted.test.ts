/** Restricted Mode: everything can be looked at, nothing is sent, and the workspace's own settings decide neither where. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../scripts/bootstrap.mjs';
import { BLUNT, CAREFUL, HOSTILE, readSample, SAMPLE, writeGapRun } from '../fixtures/gapRuns';
import { type OpenAIServer, startOpenAIServer } from '../fixtures/openaiServer';
import { type OpenWorkbench, openWorkbench } from './harness/openWorkbench';

let trusted: OpenAIServer;
let planted: OpenAIServer;
let fixture: string;
let open: OpenWorkbench;

beforeAll(async () => {
  [trusted, planted] = await Promise.all([startOpenAIServer(), startOpenAIServer()]);
  fixture = mkdtempSync(join(tmpdir(), 'value-action-lens-restricted-'));
  const examples = join(root, 'examples');
  cpSync(join(examples, SAMPLE), join(fixture, SAMPLE));
  const scenario = readSample(examples);
  const respond = () => HOSTILE;
  await writeGapRun(fixture, scenario, { model: 'gateway/careful-1', answers: CAREFUL, respond });
  await writeGapRun(fixture, scenario, { model: 'lab/blunt-2', answers: BLUNT, respond });
  mkdirSync(join(fixture, '.vscode'));
  const settings = {
    'valueActionLens.endpoints': [{ name: 'planted', baseUrl: planted.baseUrl, models: ['thief-9'] }],
    'valueActionLens.builtIn.modelPath': join(fixture, 'planted.gguf'),
    'valueActionLens.run.onSave': true,
  };
  writeFileSync(join(fixture, '.vscode/settings.json'), JSON.stringify(settings));
  open = await openWorkbench({
    fixture,
    trust: false,
    userSettings: { 'security.workspace.trust.startupPrompt': 'never' },
    machineSettings: {
      'valueActionLens.endpoints': [{ name: 'gateway', baseUrl: trusted.baseUrl, models: ['careful-1'] }],
    },
  });
});
afterAll(async () => {
  await open?.close();
  await Promise.all([trusted?.close(), planted?.close()]);
  rmSync(fixture, { recursive: true, force: true });
});

/** Whether the palette offers a command. */
async function isOffered(command: string): Promise<boolean> {
  const { workbench } = open;
  const other = 'Value-Action Lens: Show Log';
  await workbench.findCommand(other);
  await workbench.quickInput.fill(`>Value-Action Lens: ${command}`);
  const rows = workbench.page.locator('.quick-input-list').getByRole('option');
  await rows.filter({ hasText: 'Show Log' }).waitFor({ state: 'detached' });
  const found = await rows.filter({ hasText: `Value-Action Lens: ${command}` }).count();
  await workbench.page.keyboard.press('Escape');
  return found > 0;
}

describe('a workspace that nobody trusts', () => {
  test('shows what was run before, on the lines and in the views', async () => {
    const { workbench } = open;
    await workbench.openView('Value-Action Lens');
    await workbench.openFile(SAMPLE);
    await workbench.page
      .getByRole('button', { name: /Restricted Mode/ })
      .first()
      .waitFor();
    expect(await workbench.decoration('blunt-2 says agree, acts disagree')).toContain('1.00');
    // The quiet mark of an aligned item, which a setting takes away.
    await workbench.decoration('0.00');
    await workbench.treeRow('Social Power', 'Scenarios').waitFor();
    await workbench.treeRow('Wealth', 'Gaps').waitFor();
    await workbench.treeRow('blunt-2', 'Runs').waitFor();
    await workbench.screenshot('restricted');
  });

  test('offers to look, not to run, generate or predict', async () => {
    const { workbench } = open;
    expect(await isOffered('Inspect Gap')).toBe(true);
    for (const command of [
      'Run Evaluation',
      'Run Quick Evaluation',
      'Run as Batch',
      'Resume Run',
      'Retry Failed Requests',
      'Generate Actions',
      'Predict Gaps',
    ]) {
      expect(await isOffered(command), command).toBe(false);
    }
    const lenses = workbench.page.locator('.codelens-decoration');
    await lenses.filter({ hasText: 'Open Charts' }).first().waitFor();
    for (const words of (await lenses.allInnerTexts()).flatMap((text) => text.split('|'))) {
      expect(words.trim()).not.toMatch(/^(Run|Run quick|Generate…)$/);
    }
    const row = workbench.treeRow(SAMPLE.replace('.scenario.yaml', ''), 'Scenarios');
    await row.hover();
    expect(await row.getByRole('button', { name: 'Run Evaluation' }).count()).toBe(0);
  });

  test('opens the charts, and an item with what the model wrote, as text', async () => {
    const { workbench } = open;
    await workbench.runCommand('Value-Action Lens: Chart Runs Side by Side');
    await workbench.webviewFrame().locator('#stated-acted canvas').waitFor();
    await workbench.runCommand('View: Close Editor');
    await workbench.treeRow('Wealth', 'Gaps').click();
    const frame = workbench.webviewFrame();
    await frame.locator('h1').getByText('Wealth', { exact: true }).waitFor();
    await frame.getByRole('button', { name: 'Response to variant 0' }).last().click();
    await frame.getByText('<img src=x', { exact: false }).first().waitFor();
    await frame.getByText('[press here](command:workbench.action.closeWindow)', { exact: false }).first().waitFor();
    expect(await frame.locator('img, a[href^="command:"]').count()).toBe(0);
    expect(await frame.getByRole('button', { name: /^Run/ }).count()).toBe(0);
    await workbench.runCommand('View: Close Editor');
  });

  test('says why where a link leads to a run all the same', async () => {
    const { workbench } = open;
    await workbench.runCommand('Welcome: Open Walkthrough');
    await workbench.pick('See where a model says one thing');
    const walkthrough = workbench.page.locator('.gettingStartedContainer');
    await walkthrough.getByText('Run it', { exact: true }).first().click();
    await walkthrough.locator('.getting-started-step.expanded').getByText('Run Evaluation').first().click();
    await workbench.notification('Running is off in Restricted Mode');
    await workbench.clearNotifications();
  });

  test('its settings name no endpoint and no model, and saving runs nothing', async () => {
    const { workbench } = open;
    await workbench.treeRow('careful-1', 'Models').waitFor();
    const rows = workbench.sideBar.getByRole('treeitem');
    expect((await rows.allInnerTexts()).join('\n')).not.toMatch(/planted|thief-9/);
    await workbench.tick('careful-1');
    await workbench.openFile(SAMPLE);
    await workbench.page.locator('.editor-instance .view-line').getByText('action:').first().click();
    await workbench.page.keyboard.type('Always ');
    await workbench.decoration(/stale/i);
    await workbench.runCommand('File: Save');
    await workbench.page.locator('.tabs-container .tab.active:not(.dirty)').waitFor();
    // Reading what is on screen takes a run longer than it would take to begin.
    await workbench.treeRow(/stale/, 'Scenarios').waitFor();
    await workbench.setTheme('light');
    expect([...trusted.requests, ...planted.requests]).toEqual([]);
  });
});
