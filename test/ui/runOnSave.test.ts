/** Save, and what has changed is asked again: with the count in the status bar before it happens. */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../../scripts/bootstrap.mjs';
import { type OpenAIServer, startOpenAIServer } from '../fixtures/openaiServer';
import { type OpenWorkbench, openWorkbench } from './harness/openWorkbench';

let server: OpenAIServer;
let open: OpenWorkbench;

beforeAll(async () => {
  server = await startOpenAIServer({ state: () => 2, pick: (option1) => (option1.includes('money') ? 1 : 2) });
  open = await openWorkbench({
    fixture: join(root, 'examples'),
    userSettings: { 'valueActionLens.run.onSave': true },
    machineSettings: { 'valueActionLens.endpoints': [{ name: 'lab', baseUrl: server.baseUrl, models: ['parrot'] }] },
  });
});
afterAll(async () => {
  await open?.close();
  await server?.close();
});

const status = (text: string | RegExp) =>
  open.workbench.page.locator('.statusbar-item').filter({ hasText: text }).first().waitFor();

test('the status bar says what saving will ask, and saving asks exactly that', async () => {
  const { workbench } = open;
  await workbench.openFile('quickstart.scenario.yaml');
  await workbench.openView('Value-Action Lens');
  await workbench.tick('parrot');
  await status('56 requests on save');
  await workbench.screenshot('run-on-save-before');
  await workbench.page.locator('.editor-instance .view-line').first().click();
  await workbench.page.keyboard.press('Control+s');
  await status('nothing to ask');
  expect(server.requests).toHaveLength(56);

  // Line 8 holds the first action.
  await workbench.runCommand('Go to Line/Column');
  await workbench.answerInput(':8:10');
  await workbench.page.keyboard.press('End');
  await workbench.page.keyboard.type(' Always.');
  await status('8 requests on save');
  await workbench.page.keyboard.press('Control+s');
  await status('nothing to ask');
  expect(server.requests).toHaveLength(64);
  await workbench.page.keyboard.press('Control+s');
  await status('nothing to ask');
  expect(server.requests).toHaveLength(64);
});
