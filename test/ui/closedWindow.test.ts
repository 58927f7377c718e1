/** A window that is closed in the middle of a run loses nothing that was answered. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../../scripts/bootstrap.mjs';
import { type OpenAIServer, startOpenAIServer } from '../fixtures/openaiServer';
import { type OpenWorkbench, openWorkbench } from './harness/openWorkbench';

const REQUESTS = 8 + 8 * 6;

let server: OpenAIServer;
let open: OpenWorkbench;

beforeAll(async () => {
  server = await startOpenAIServer({ latencyMs: 2500 });
  open = await openWorkbench({
    fixture: join(root, 'examples'),
    machineSettings: {
      'valueActionLens.endpoints': [{ name: 'slow', baseUrl: server.baseUrl, models: ['snail-1'] }],
    },
  });
});
afterAll(async () => {
  await open?.close();
  await server?.close();
});

test('what was answered is on disk, and shown when the window is opened again', async () => {
  const { workbench, workspace } = open;
  await workbench.openFile('quickstart.scenario.yaml');
  await workbench.openView('Value-Action Lens');
  await workbench.tick('snail-1');
  await workbench.runCommand('Value-Action Lens: Run Evaluation');
  const folder = join(workspace, '.value-action-lens/runs');
  const observations = () => {
    const [name] = readdirSync(folder).filter((entry) => entry.endsWith('.jsonl'));
    return name ? readFileSync(join(folder, name), 'utf8').trim().split('\n').slice(1) : [];
  };
  await workbench.until('the first answers', async () => server.requests.length > 16);

  await workbench.page.reload();
  await workbench.waitUntilReady();
  const kept = observations();
  expect(kept.length).toBeGreaterThan(0);
  expect(kept.length).toBeLessThan(REQUESTS);
  for (const line of kept)
    expect(JSON.parse(line)).toMatchObject({ scenario: 'United States · Health and Health Care' });

  await workbench.openView('Value-Action Lens');
  const row = workbench.treeRow(/snail-1.*not asked/, 'Runs');
  await row.waitFor({ timeout: 45_000 });
  await workbench.screenshot('closed-window');
});
