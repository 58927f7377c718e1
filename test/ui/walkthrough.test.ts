/** A newcomer's first minutes: five steps, each with a picture in the theme's colours and buttons that do what they say. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenWorkbench, openWorkbench } from './harness/openWorkbench';

/** Title of the step → title of the picture beside it. */
const STEPS = {
  'Connect a model': 'Models of an endpoint',
  'Open a scenario': 'A scenario',
  'Run it': 'Behind each value',
  'Look into one gap': 'One item',
  'Change the wording, and compare': 'A run against its baseline',
};
/** The contributed colour of gaps. */
const GAP = { dark: 'rgb(232, 153, 74)', light: 'rgb(166, 82, 10)', highContrast: 'rgb(255, 176, 112)' } as const;

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
  const picture = workbench.webviewFrame().locator('svg');
  for (const [title, shown] of Object.entries(STEPS)) {
    await walkthrough.getByText(title, { exact: true }).first().click();
    await walkthrough.locator('.getting-started-step.expanded').filter({ hasText: title }).waitFor();
    await picture.locator('title', { hasText: shown }).waitFor({ state: 'attached' });
  }
  for (const theme of ['dark', 'light', 'highContrast'] as const) {
    await workbench.setTheme(theme);
    // The picture is in the colours of the theme, that of gaps among them.
    await workbench.until(`the gap in the colour of ${theme}`, async () => {
      const strokes = await picture
        .locator('line')
        .evaluateAll((all) => all.map((one) => one.ownerDocument.defaultView?.getComputedStyle(one).stroke));
      return strokes.includes(GAP[theme]);
    });
    await workbench.screenshot(`walkthrough-${theme}`);
  }
  await walkthrough.getByText('Open a scenario', { exact: true }).first().click();
  await walkthrough.getByText('Open a Sample Scenario').first().click();
  await page
    .locator('.tabs-container')
    .getByRole('tab', { name: /\.scenario\.yaml/ })
    .first()
    .waitFor();
  expect(await page.locator('.editor-instance').first().textContent()).toContain('value');
});
