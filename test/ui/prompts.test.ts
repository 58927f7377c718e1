/** Writing a scenario from nothing, and seeing its prompts before anything is sent. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../../scripts/bootstrap.mjs';
import { type OpenWorkbench, openWorkbench } from './harness/openWorkbench';

let open: OpenWorkbench;
beforeAll(async () => {
  open = await openWorkbench({
    fixture: join(root, 'examples'),
    machineSettings: {
      'valueActionLens.endpoints': [{ name: 'lab', baseUrl: 'http://127.0.0.1:9/v1', models: ['model-1'] }],
    },
  });
});
afterAll(() => open?.close());

test('a new scenario is asked for and written, with the cursor in its first action', async () => {
  const { workbench, workspace } = open;
  await workbench.runCommand('Value-Action Lens: New Scenario…');
  await workbench.quickInput.waitFor();
  await workbench.answerInput('Ghana');
  await workbench.page.locator('.quick-input-title').getByText('2/3').waitFor();
  await workbench.answerInput('Religion');
  await workbench.page.locator('.quick-input-title').getByText('3/3').waitFor();
  await workbench.quickInput.fill('Wealth');
  await workbench.page
    .locator('.quick-input-list')
    .getByRole('checkbox', { name: /Wealth/ })
    .first()
    .click();
  await workbench.quickInput.press('Enter');
  const name = 'Ghana - Religion.scenario.yaml';
  await workbench.page.locator('.tabs-container').getByRole('tab', { name }).waitFor();
  await workbench.page.locator('.statusbar').getByText('Ln 6, Col 15').waitFor();
  await workbench.page.keyboard.type('I save for my family.');
  await workbench.page.keyboard.press('Control+s');
  await workbench.until('the action on disk', async () =>
    readFileSync(join(workspace, name), 'utf8').includes('action: I save for my family.'),
  );
});

test('the prompts of the item under the cursor are shown beside it, and follow the typing', async () => {
  const { workbench } = open;
  await workbench.openFile('quickstart.scenario.yaml');
  await workbench.page.locator('.editor-instance .view-line').getByText('Social', { exact: false }).first().click();
  await workbench.runCommand('Value-Action Lens: Preview Prompts');
  const textOf = async () =>
    (await workbench.page.locator('.editor-instance').last().locator('.view-lines').textContent())?.replaceAll(
      '\u00a0',
      ' ',
    ) ?? '';
  await workbench.until('the preview', async () => {
    const text = await textOf();
    return text.includes('Health Care, Social Power') && /16 prompts, about [\d,]+ tokens/.test(text);
  });
  expect(await textOf()).toContain('[user]');
  await workbench.screenshot('prompt-preview');
});
