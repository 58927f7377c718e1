/** What the menus of rows offer, chosen with the mouse; and the quiet marks of aligned items, switched off. */
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';

import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../../scripts/bootstrap.mjs';
import { BLUNT, CAREFUL, readSample, SAMPLE, writeGapRun } from '../fixtures/gapRuns';
import { type OpenWorkbench, openWorkbench } from './harness/openWorkbench';

let fixture: string;
let open: OpenWorkbench;

beforeAll(async () => {
  fixture = mkdtempSync(join(tmpdir(), 'value-action-lens-rows-'));
  const examples = join(root, 'examples');
  cpSync(join(examples, SAMPLE), join(fixture, SAMPLE));
  await writeGapRun(fixture, readSample(examples), { model: 'gateway/careful-1', answers: CAREFUL });
  await writeGapRun(fixture, readSample(examples), { model: 'lab/blunt-2', answers: BLUNT });
  open = await openWorkbench({ fixture, userSettings: { 'valueActionLens.highlights.showAligned': false } });
});
afterAll(async () => {
  await open?.close();
  rmSync(fixture, { recursive: true, force: true });
});

async function chooseFromMenu(row: string, view: 'Runs' | 'Scenarios', entry: string): Promise<void> {
  const { workbench } = open;
  await workbench.treeRow(row, view).click({ button: 'right' });
  const item = workbench.page.getByRole('menuitem', { name: entry }).first();
  await item.click();
  // A menu takes no click for a moment after it has opened.
  if (await item.isVisible()) await item.click({ timeout: 2_000 }).catch(() => undefined);
}

const runFiles = () =>
  readdirSync(join(open.workspace, '.value-action-lens/runs')).filter((name) => name.endsWith('.jsonl'));

test('aligned items keep quiet when that is set', async () => {
  const { workbench } = open;
  await workbench.openView('Value-Action Lens');
  await workbench.openFile(SAMPLE);
  await workbench.decoration('blunt-2 says agree, acts disagree');
  // Both models agree about Equality: its row says so, and its line does not.
  await workbench.findTreeRow(/Equality.*0\.00/, 'Scenarios');
  expect((await workbench.decorationTexts()).join('\n')).not.toContain('0.00');
});

test('a run is opened as the file it is, and deleted once that is confirmed', async () => {
  const { workbench } = open;
  expect(runFiles()).toHaveLength(2);
  await chooseFromMenu('blunt-2', 'Runs', 'Open Run File');
  await workbench.page
    .locator('.tabs-container')
    .getByRole('tab', { name: /blunt-2.*\.jsonl/ })
    .waitFor();
  await workbench.pressRowAction('blunt-2', 'Delete Run', 'Runs');
  const dialog = workbench.page.locator('.monaco-dialog-box');
  await dialog.getByText('Delete the run of').first().waitFor();
  await dialog.getByRole('button', { name: 'Delete Run' }).click();
  await workbench.until('the file to go', async () => runFiles().length === 1);
  await workbench.treeRow('careful-1', 'Runs').waitFor();
  expect(existsSync(join(open.workspace, SAMPLE))).toBe(true);
});
