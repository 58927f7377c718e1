/** A newcomer's first minutes: five steps, each with a picture in the theme's colours and buttons that do what they say. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenWorkbench, openWorkbench } from './harness/openWorkbench';

let open: OpenWorkbench;
beforeAll(async () => {
  open = await openWorkbench();
});
afterAll(() => open?.close());

test('the walkthrough leads from a model to a comparison', async () => {
  const { workbench } = open;
  const { page } = workbench;
  await workbench.runCommand('Welcome: Open Walkthrough');
  await workbench.pick('See where a model says one thing');
  const walkthrough = page.locator('.gettingStartedContainer');
  for (const title of [
    'Connect a model',
    'Open a scenario',
    'Run it',
    'Look into one gap',
    'Change the wording, and compare',
  ]) {
    await walkthrough.getByText(title, { exact: true }).first().click();
    await walkthrough.locator('.getting-started-step.expanded').filter({ hasText: title }).waitFor();
  }
  await workbench.screenshot('walkthrough-dark');
  await workbench.setTheme('light');
  await workbench.screenshot('walkthrough-light');
  await walkthrough.getByText('Open a scenario', { exact: true }).first().click();
  await walkthrough.getByText('Open a Sample Scenario').first().click();
  await page
    .locator('.tabs-container')
    .getByRole('tab', { name: /\.scenario\.yaml/ })
    .first()
    .waitFor();
  expect(await page.locator('.editor-instance').first().textContent()).toContain('value');
});
