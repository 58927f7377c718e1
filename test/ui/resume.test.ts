/** A window closed in the middle of a run: the next one says so, and a click in the Runs view goes on with it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../../scripts/bootstrap.mjs';
import { type OpenAIServer, promptKey, startOpenAIServer } from '../fixtures/openaiServer';
import { type OpenWorkbench, openWorkbench } from './harness/openWorkbench';

const REQUESTS = 8 + 8 * 6;
/** Of 56 requests, 8 at once: three rounds are answered, and the fourth not before the window closes. */
const BEFORE_CLOSING = 24;

let server: OpenAIServer;
let open: OpenWorkbench;
let isFirstWindow = true;

beforeAll(async () => {
  server = await startOpenAIServer({
    latencyMs: () => (isFirstWindow && server.requests.length > BEFORE_CLOSING ? 60_000 : 1_200),
  });
  const snail = { id: 'snail-1', price: { input: 2, output: 8 } };
  open = await openWorkbench({
    fixture: join(root, 'examples'),
    machineSettings: { 'valueActionLens.endpoints': [{ name: 'slow', baseUrl: server.baseUrl, models: [snail] }] },
  });
});
afterAll(async () => {
  await open?.close();
  await server?.close();
});

function readAnswers(): string[] {
  const folder = join(open.workspace, '.value-action-lens/runs');
  // What the run asks is told before its file is there.
  if (!existsSync(folder)) return [];
  const [name, ...others] = readdirSync(folder).filter((entry) => entry.endsWith('.jsonl'));
  expect(others).toEqual([]);
  if (name === undefined) return [];
  return readFileSync(join(folder, name), 'utf8').trim().split('\n').slice(1);
}

test('says before it asks what the run will ask and cost', async () => {
  const { workbench } = open;
  await workbench.openFile('quickstart.scenario.yaml');
  await workbench.openView('Value-Action Lens');
  await workbench.tick('snail-1');
  await workbench.runCommand('Value-Action Lens: Run Evaluation');
  await workbench.notification(/56 requests to ask · about [\d,]+ tokens · costs about 0\.\d+/);
  await workbench.until('the first answers', async () => readAnswers().length === BEFORE_CLOSING);
  await workbench.screenshot('run-progress');
});

test('the next window that has to do with scenarios says once that the run was cut off', async () => {
  const { workbench } = open;
  await workbench.runCommand('View: Close All Editors');
  await workbench.page.locator('.activitybar').getByRole('tab', { name: 'Explorer' }).click();
  await workbench.page.reload();
  isFirstWindow = false;
  await workbench.waitUntilReady();
  // Nothing of the extension is loaded before somebody opens a scenario, a view or a command.
  expect(await workbench.notifications()).toEqual([]);
  await workbench.openView('Value-Action Lens');
  const toast = await workbench.notification(/snail-1 was cut off when its window closed: \d+ of 56 requests/);
  await toast.getByRole('button', { name: 'Resume' }).waitFor();
  await workbench.screenshot('cut-off');
  expect(await workbench.notifications()).toHaveLength(1);
  await workbench.clearNotifications();
});

test('a click in the Runs view goes on, and only with what is missing', async () => {
  const { workbench } = open;
  const kept = readAnswers();
  expect(kept.length).toBe(BEFORE_CLOSING);
  const before = server.requests.length;

  await workbench.openView('Value-Action Lens');
  await workbench.treeRow(/snail-1.*not asked/, 'Runs').waitFor();
  await workbench.screenshot('runs-incomplete');
  await workbench.pressRowAction(/snail-1.*not asked/, 'Resume Run', 'Runs');
  await workbench.notification(new RegExp(`${REQUESTS - kept.length} requests to ask, ${kept.length} known`));
  await workbench.until('answers of the resumed run', async () => server.requests.length > before + 10);
  await workbench.screenshot('resumed-progress');
  await workbench.notification(/snail-1: .* in 6 items/);
  await workbench.screenshot('resumed');

  const whole = readAnswers();
  expect(whole).toHaveLength(REQUESTS);
  expect(whole.slice(0, kept.length)).toEqual(kept);
  expect(server.requests.length - before).toBe(REQUESTS - kept.length);
  expect(new Set(server.requests.map(promptKey)).size).toBe(REQUESTS);
  await expect.poll(() => workbench.treeRow(/snail-1/, 'Runs').textContent()).not.toMatch(/not asked/);
});

test('a window opened after that has nothing to say', async () => {
  const { workbench } = open;
  await workbench.page.reload();
  await workbench.waitUntilReady();
  await workbench.openView('Value-Action Lens');
  await workbench.treeRow(/snail-1.*gap/, 'Runs').waitFor();
  expect(await workbench.notifications()).toEqual([]);
});

test('a batch is sent only after a question that says what it takes', async () => {
  const { workbench } = open;
  const before = server.requests.length;
  await workbench.openFile('own-prompts.scenario.yaml');
  await workbench.runCommand('Value-Action Lens: Run as Batch…');
  const dialog = workbench.page.getByRole('dialog');
  await dialog.getByText(/Send \d+ requests as a batch\?/).waitFor();
  await dialog.getByText(/\d+ requests to ask · about [\d,]+ tokens · costs about 0\.\d+/).waitFor();
  await workbench.screenshot('batch-question');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(server.requests).toHaveLength(before);
});
