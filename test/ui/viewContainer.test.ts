import { statSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenWorkbench, openWorkbench } from './harness/openWorkbench';

let open: OpenWorkbench;
beforeAll(async () => {
  open = await openWorkbench();
});
afterAll(() => open?.close());

test('the view container shows scenarios, models and runs', async () => {
  const { workbench } = open;
  await workbench.openFile('care.scenario.yaml');
  await workbench.openView('Value-Action Lens');
  for (const view of ['Scenarios', 'Models', 'Runs']) {
    await workbench.sideBar.getByRole('button', { name: new RegExp(`^${view} Section`) }).waitFor();
  }
  const screenshot = await workbench.screenshot('view-container');
  expect(statSync(screenshot).size).toBeGreaterThan(20_000);
});
