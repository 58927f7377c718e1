/** An action is missing: a model proposes it, a person reads the diff, and takes it with the mouse or the keyboard. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type OpenAIServer, startOpenAIServer } from '../fixtures/openaiServer';
import { type OpenWorkbench, openWorkbench } from './harness/openWorkbench';

const file = 'clinic.scenario.yaml';
const text = `# Written by hand
name: clinic
country: France
topic: Health and Health Care
items:
  - value: Helpful # the first one
    agree:
      action: I drive my neighbour to the clinic.
  - value: Wealth
    agree:
      action: I book the most expensive doctor.
    disagree:
      action: I go where my neighbours go.
  - value: Obedient
    disagree:
      action: I throw away the letters of the clinic.
`;

let server: OpenAIServer;
let fixture: string;
let open: OpenWorkbench;

beforeAll(async () => {
  server = await startOpenAIServer({
    behave: ({ body }) => {
      const prompt = body.messages?.at(-1)?.content ?? '';
      return prompt.includes('"Obedient"') ? { kind: 'refusal' } : undefined;
    },
  });
  fixture = mkdtempSync(join(tmpdir(), 'value-action-lens-fixture-'));
  writeFileSync(join(fixture, file), text);
  open = await openWorkbench({
    fixture,
    machineSettings: {
      'valueActionLens.endpoints': [{ name: 'lab', baseUrl: server.baseUrl, models: ['scribe-1'] }],
    },
  });
});
afterAll(async () => {
  await open?.close();
  await server?.close();
  rmSync(fixture, { recursive: true, force: true });
});

const lens = (words: string) => open.workbench.page.locator('.codelens-decoration').filter({ hasText: words });
/** The counts at the bottom. */
const counts = (words: string) =>
  open.workbench.page.locator('.statusbar').getByRole('button', { name: words, exact: true });
const press = (words: string) => lens(words).first().getByText(words, { exact: false }).first().click();

describe('generating what a file lacks', () => {
  test('two answers and a click: the proposals stand in a diff, the file is as it was', async () => {
    const { workbench, workspace } = open;
    await workbench.openFile(file);
    await workbench.openView('Value-Action Lens');
    await lens('Generate…').first().waitFor();
    await workbench.runCommand('Value-Action Lens: Generate Actions…');
    await workbench.pick('scribe-1');
    await workbench.pick('Missing actions');
    await lens('Proposed disagree action').first().waitFor();
    await lens('refused').first().waitFor();
    await workbench.screenshot('proposals-dark');
    expect(server.requests).toHaveLength(2);
    expect(readFileSync(join(workspace, file), 'utf8')).toBe(text);
    await counts('1 to decide, 1 without an action').waitFor();
  });

  test.each(['light', 'highContrast', 'highContrastLight'] as const)('is readable in %s', async (theme) => {
    await open.workbench.setTheme(theme);
    await lens('Proposed disagree action').first().waitFor();
    await open.workbench.screenshot(`proposals-${theme}`);
  });

  test('one click takes it into the file, and one undo takes it out again', async () => {
    const { workbench } = open;
    await workbench.setTheme('dark');
    await press('Accept All (1)');
    await counts('1 accepted, 1 without an action').waitFor();
    await lens('disagree action accepted').first().waitFor();
    await workbench.screenshot('proposals-accepted');
    await workbench.page.locator('.editor.modified .view-line').first().click();
    await workbench.page.keyboard.press('Control+z');
    await workbench.page.locator('.tabs-container .tab.active').getByText(file, { exact: true }).waitFor();
    await lens('Generate…').first().waitFor();
    const lines = await workbench.page.locator('.editor-instance .view-line').allInnerTexts();
    expect(lines.join('\n').replaceAll('\u00a0', ' ')).not.toContain('I keep away from Helpful');
  });

  test('the keyboard alone edits and accepts', async () => {
    const { workbench, workspace } = open;
    await workbench.runCommand('Value-Action Lens: Review Proposed Actions…');
    await lens('Proposed disagree action').first().waitFor();
    await workbench.page.keyboard.press('F2');
    await workbench.answerInput('I let my neighbour walk to the clinic.');
    await lens('your wording').first().waitFor();
    await workbench.screenshot('proposals-edited');
    await workbench.page.keyboard.press('Control+Enter');
    await counts('1 accepted, 1 without an action').waitFor();
    await workbench.runCommand('View: Close Editor');
    await workbench.openFile(file);
    await workbench.page.keyboard.press('Control+s');
    await workbench.until('the file to be saved', async () => {
      return readFileSync(join(workspace, file), 'utf8').includes('I let my neighbour walk to the clinic.');
    });
    const saved = readFileSync(join(workspace, file), 'utf8');
    expect(saved).toContain('# Written by hand');
    expect(saved).toContain('- value: Helpful # the first one');
  });
});
