/** Writing a scenario as a person does: a slip is underlined and corrected, completion and hover help, prompts follow. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenWorkbench, openWorkbench } from './harness/openWorkbench';
import type { Theme } from './harness/workbench';

const FILE = 'writing.scenario.yaml';
const START = `# Written while the editor helps.
country: Nigeria
topic: Family & Changing Gender Roles
items:
  - value: Honest
    agree:
      action: I tell my brother that I forgot his birthday.
      attributions: [tell my brother]
    disagree:
      action: I tell my brother that his present is on its way.
`;

let open: OpenWorkbench;
beforeAll(async () => {
  open = await openWorkbench({
    machineSettings: {
      'valueActionLens.endpoints': [
        {
          name: 'lab',
          baseUrl: 'http://127.0.0.1:9/v1',
          models: ['plain-1', { id: 'strict-2', structuredOutput: true }],
        },
      ],
    },
  });
  writeFileSync(join(open.workspace, FILE), START);
});
afterAll(() => open?.close());

/** The text of the file's lines in view, as typed. */
async function textInView(): Promise<string> {
  const lines: string[] = await open.workbench.page.evaluate(`
    [...document.querySelectorAll('.editor-instance')[0].querySelectorAll('.view-line')]
      .sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
      .map((line) => line.textContent)
  `);
  return lines.join('\n').replaceAll('\u00a0', ' ');
}

const shows = (text: string) =>
  open.workbench.until(`"${text}" in the editor`, async () => (await textInView()).includes(text));

/** Opens the fixes at the cursor: the menu closes where problems are told anew while it opens. */
async function openFixes(title: string): Promise<void> {
  const { page } = open.workbench;
  const fix = page.locator('.action-widget').getByText(title);
  await open.workbench.until(`the fix "${title}"`, async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+.');
    return fix.waitFor({ timeout: 3_000 }).then(
      () => true,
      () => false,
    );
  });
}

test('a mistyped value is underlined, and corrected with the keyboard', async () => {
  const { workbench } = open;
  const { page } = workbench;
  await workbench.openFile(FILE);
  await page.locator('.editor-instance .view-line').first().click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('  - value: Welth');
  await page.keyboard.press('Escape');
  await page.locator('.editor-instance .squiggly-error').first().waitFor();
  await openFixes('Change to "Wealth"');
  await workbench.screenshot('language-quick-fix');
  await page.keyboard.press('Enter');
  await shows('- value: Wealth');
  await page.locator('.editor-instance .squiggly-error').first().waitFor({ state: 'detached' });
});

test('a fix that adds an action leaves the cursor where it is written', async () => {
  const { workbench } = open;
  const { page } = workbench;
  await page.locator('.editor-instance .squiggly-warning').first().waitFor();
  // In the word, so that the text behind it does not take the cursor along.
  await page.keyboard.press('ArrowLeft');
  await openFixes('Add the agree action');
  await page.keyboard.press('Enter');
  await shows('action: ');
  await page.locator('.statusbar').getByText('Ln 13, Col 15').waitFor();
  await page.keyboard.type('I save for a house of my own.');
  await shows('      action: I save for a house of my own.');
});

test('completion offers what can stand here, and is accepted', async () => {
  const { workbench } = open;
  const { page } = workbench;
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.keyboard.type('att');
  const suggestions = page.locator('.suggest-widget');
  await suggestions.getByText('attributions').first().waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.type('save for a house');
  await shows('      attributions: [save for a house]');
  await page.keyboard.press('Control+s');
  await workbench.until('the file on disk', async () =>
    readFileSync(join(open.workspace, FILE), 'utf8').endsWith(
      '  - value: Wealth\n    agree:\n      action: I save for a house of my own.\n      attributions: [save for a house]',
    ),
  );
});

test.each<Theme>(['dark', 'light', 'highContrast', 'highContrastLight'])(
  'values to choose from, and what one means, in %s',
  async (theme) => {
    const { workbench } = open;
    const { page } = workbench;
    await workbench.setTheme(theme);
    await page.locator('.editor-instance .view-line').getByText('Wealth', { exact: true }).click();
    await page.keyboard.press('End');
    for (let at = 0; at < 'alth'.length; at++) await page.keyboard.press('Backspace');
    await page.keyboard.press('Control+Space');
    const suggestions = page.locator('.suggest-widget');
    await suggestions.locator('.monaco-list-row').filter({ hasText: 'Wealth' }).waitFor();
    expect(await suggestions.locator('.monaco-list-row').filter({ hasText: 'Honest' }).count()).toBe(0);
    const details = page.locator('.suggest-details');
    // What was unfolded once unfolds by itself, a moment later.
    await details.waitFor({ timeout: 3_000 }).catch(() => page.keyboard.press('Control+Space'));
    await details.getByText('material possessions').waitFor();
    await workbench.screenshot(`language-completion-${theme}`);
    await page.keyboard.press('Escape');
    await page.keyboard.type('alth');
    await page.keyboard.press('Escape');
    await shows('- value: Wealth');

    const hover = page.locator('.monaco-hover-content').filter({ hasText: 'material possessions' }).first();
    await workbench.until('the hover', async () => {
      await page.mouse.move(10, 10);
      await page.locator('.editor-instance .view-line').getByText('Wealth', { exact: true }).hover();
      return hover.waitFor({ timeout: 3_000 }).then(
        () => true,
        () => false,
      );
    });
    expect(await hover.textContent()).toMatch(/Motivational type: Power/);
    await workbench.screenshot(`language-hover-${theme}`);
    await page.keyboard.press('Escape');
    await page.mouse.move(10, 10);
  },
);

test('the prompts stand beside it, model by model where they differ, and follow the typing', async () => {
  const { workbench } = open;
  const { page } = workbench;
  await workbench.setTheme('dark');
  await workbench.openView('Value-Action Lens');
  await workbench.tick('plain-1');
  await workbench.tick('strict-2');
  await page.locator('.editor-instance .view-line').getByText('I tell my brother that I forgot').first().click();
  await workbench.runCommand('Value-Action Lens: Preview Prompts');
  const preview = page.locator('.editor-instance').last().locator('.view-lines');
  const previewed = async () => ((await preview.textContent()) ?? '').replaceAll('\u00a0', ' ');
  await workbench.until('the first model', async () => (await previewed()).includes('plain-1'));
  expect(await previewed()).toContain('Nigeria · Family & Changing Gender Roles, Honest');

  // Typed in the file, read in the preview.
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('End');
  await page.keyboard.type('s');
  await workbench.until('the prompts of the new text', async () => (await previewed()).includes('Nigerias · Family'));
  await page.keyboard.press('Backspace');
  await workbench.until('the prompts of the old text', async () => (await previewed()).includes('Nigeria · Family'));
  await workbench.screenshot('language-prompts');

  await page.locator('.editor-instance').last().locator('.view-line').first().click();
  await page.keyboard.press('Control+f');
  await page.keyboard.type('## lab/strict-2');
  await workbench.until('the second model', async () =>
    /strict-2.*A JSON schema of the answer is sent along/.test(await previewed()),
  );
  await page.keyboard.press('Escape');
});
