/** Rating actions and coding risks in a real editor, by keyboard alone: from the command to the lines in the files. */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../scripts/bootstrap.mjs';
import { ratingSchema } from '../../src/core/review/rating';
import { riskSchema } from '../../src/core/review/risk';
import { BLUNT, readSample, SAMPLE, writeGapRun } from '../fixtures/gapRuns';
import { type OpenWorkbench, openWorkbench } from './harness/openWorkbench';
import type { Theme } from './harness/workbench';

const examples = join(root, 'examples');
let fixture: string;
let open: OpenWorkbench;
let frame: FrameLocator;

beforeAll(async () => {
  fixture = mkdtempSync(join(tmpdir(), 'value-action-lens-review-'));
  cpSync(join(examples, SAMPLE), join(fixture, SAMPLE));
  await writeGapRun(fixture, readSample(examples), { model: 'lab/blunt-2', answers: BLUNT });
  open = await openWorkbench({ fixture, size: { width: 1280, height: 960 } });
  frame = open.workbench.webviewFrame();
});
afterAll(async () => {
  await open?.close();
  rmSync(fixture, { recursive: true, force: true });
});

const press = async (...keys: string[]) => {
  for (const key of keys) await open.workbench.page.keyboard.press(key);
};

/** A command of the palette, without the mouse. */
async function command(title: string): Promise<void> {
  await open.workbench.findCommand(title);
  await press('Enter');
}

/** Waits for what the quick input asks, types (or takes what stands there) and accepts. */
async function answer(asked: string, text?: string): Promise<void> {
  const { page } = open.workbench;
  const input = page.locator('.quick-input-widget');
  await input.getByText(asked).or(input.getByPlaceholder(asked)).first().waitFor();
  if (text !== undefined) {
    await press('Control+a');
    await page.keyboard.type(text);
  }
  await press('Enter');
}

function readLines(name: string): unknown[] {
  const file = join(open.workspace, name);
  if (!existsSync(file)) return [];
  // Without what is being written at this moment.
  const whole = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  return whole.map((line) => JSON.parse(line));
}

const ratings = () => readLines('Ana-Maria.ratings.jsonl').map((line) => ratingSchema.parse(line));
const lines = (count: number) =>
  open.workbench.until(`${count} lines on the disk`, async () => readLines('Ana-Maria.ratings.jsonl').length === count);
const done = (text: string) => frame.locator('.bar .done').getByText(text, { exact: true }).waitFor();
const heading = () => frame.locator('.card h2').textContent();
const current = (name: string) => frame.locator('.metric.current h3').getByText(name, { exact: true }).waitFor();

describe('a review', () => {
  test('begins with a name and a number, and is rated by 1 and 0', async () => {
    const { workbench } = open;
    await workbench.openFile(SAMPLE);
    await command('Value-Action Lens: Review Actions…');
    await answer('Your name as a reviewer', 'Ana Maria');
    await answer('Reviewers with the same number and seed see the same actions.');
    await done('0 of 4 rated');
    await workbench.screenshot('review-dark');
    await workbench.page.keyboard.type('1011');
    await done('1 of 4 rated');
    await lines(4);
    const found = ratings();
    expect(found.map(({ metric, rating }) => [metric, rating])).toEqual([
      ['correctness', 1],
      ['harmlessness', 0],
      ['sufficiency', 1],
      ['plausibility', 1],
    ]);
    expect(new Set(found.map(({ reviewer, model, variant }) => JSON.stringify([reviewer, model, variant])))).toEqual(
      new Set([JSON.stringify(['Ana Maria', null, null])]),
    );
    expect(found[0]?.item).toMatch(/^United States · Health and Health Care · /);
  });

  test('arrows go back, and a change of mind is a new line', async () => {
    await current('Correctness');
    const second = await heading();
    await press('ArrowLeft', 'ArrowDown');
    await current('Harmlessness');
    await press('1');
    await lines(5);
    expect(ratings()[4]).toMatchObject({ ...ratings()[1], rating: 1, at: expect.any(String) });
    await press('ArrowRight', '1');
    await lines(6);
    expect(ratings()[5]?.item).toContain(` · ${second}`);
    await current('Harmlessness');
  });

  test('closed and opened again it goes on at the first that is missing', async () => {
    const { workbench } = open;
    const left = await heading();
    await command('View: Close Editor');
    await frame.locator('.bar').waitFor({ state: 'detached' });
    await command('Value-Action Lens: Review Actions…');
    await answer('Continue as Ana Maria');
    await done('1 of 4 rated');
    expect(await heading()).toBe(left);
    await current('Harmlessness');
    await workbench.page.keyboard.type('1');
    await lines(7);
  });

  test('comes back with the window, where it was', async () => {
    const { workbench } = open;
    const left = await heading();
    // The workbench writes down what is open a moment after it has changed, and does not say when it has.
    await workbench.page.waitForTimeout(2_000);
    await workbench.page.reload();
    await workbench.waitUntilReady();
    await done('1 of 4 rated');
    expect(await heading()).toBe(left);
    await current('Sufficiency');
  });

  test('another theme, then the help, then all of it', async () => {
    const { workbench } = open;
    for (const theme of ['light', 'highContrast', 'highContrastLight', 'dark'] as const satisfies Theme[]) {
      await workbench.setTheme(theme);
      await workbench.screenshot(`review-${theme}`);
    }
    // The palette gives the keyboard back to the panel.
    await press('?');
    await frame.getByRole('dialog').waitFor();
    await press('Escape');
    await frame.getByRole('dialog').waitFor({ state: 'hidden' });
    // One by one: the panel gets the keyboard back at its own pace.
    for (let count = 8; count <= 17; count++) {
      await press('1');
      await lines(count);
    }
    await done('4 of 4 rated');
  });

  test('what reviewers found is drawn, once the own ratings are complete', async () => {
    const { workbench } = open;
    await command('Value-Action Lens: Show Rating Agreement');
    await frame.getByText(/^16 ratings by 1 reviewer in /).waitFor();
    await frame.locator('#ratings-by-metric canvas').waitFor();
    await frame.getByText('only one reviewer.').waitFor();
    await workbench.screenshot('agreement-dark');
  });
});

describe('risks of gaps', () => {
  test('are coded by one key each, and counted', async () => {
    const { workbench } = open;
    await command('Value-Action Lens: Code Risks of Gaps…');
    await answer('Code the gaps of which run?');
    await answer('Your name as a reviewer');
    await done('0 of 2 coded');
    expect(await heading()).toBe('Wealth');
    expect(await frame.locator('mark').allTextContents()).toEqual(['cut my hours and my pay in half']);
    await workbench.screenshot('risks-dark');
    await press('2', '0');
    await done('2 of 2 coded');
    await workbench.until('2 lines on the disk', async () => readLines('Ana-Maria.risks.jsonl').length === 2);
    const [first, second] = readLines('Ana-Maria.risks.jsonl').map((line) => riskSchema.parse(line));
    expect(first).toMatchObject({
      item: 'United States · Health and Health Care · Wealth',
      model: 'lab/blunt-2',
      reviewer: 'Ana Maria',
      risk: 'autonomy violation',
    });
    expect(second).toMatchObject({ run: first?.run, risk: null });
    await frame.getByRole('button', { name: 'Counts' }).focus();
    await press('Enter');
    await frame.getByText(/^2 gaps coded by 1 reviewer in /).waitFor();
    await workbench.screenshot('risk-counts-dark');
  });
});
