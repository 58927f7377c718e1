/**
 * Four complete runs of the whole study in a real window: 132 scenario files, 4 × 7,392 items, 4 × 60,192 observations.
 * What is measured is the extension host's time (a probe sits in it) and the pages' time (taken inside them); what the
 * workbench itself needs to draw is not ours. Limits are generous, because test machines are shared; the figures are printed.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../scripts/bootstrap.mjs';
import { sharedDataIsThere } from '../fixtures/sharedData';
import { writeStudyWorkspace } from '../webview/sampleWorkspace';
import { type OpenWorkbench, openWorkbench } from './harness/openWorkbench';

/** Milliseconds of own time that an interaction may take, and that highlights may take to appear. */
const INTERACTION = 100;
const HIGHLIGHTS = 200;
/** Longest time in which nobody else has a turn while runs are read and measured, in milliseconds (67 to 205 were seen). */
const HELD = 300;
/** What our views and all they open add to the heap that is kept (95 to 102 were seen; runs as objects alone had more). */
const KEPT_MB = 140;
/**
 * The whole host, resident, at the end (bar 500; 435 to 476 were seen). When V8 gives pages back depends on the machine.
 */
const RESIDENT_MB = 600;
/** A machine that others load. */
const PATIENCE = 5;

const title = 'four runs of the whole study';
if (!sharedDataIsThere) console.log(`Skipped: ${title}. The released dataset (../shared/data) is not here.`);

interface Host {
  readonly longest: number;
  readonly active: number;
  readonly cpu: number;
  readonly editors: readonly { readonly path: string; readonly at: number }[];
}

describe.skipIf(!sharedDataIsThere)(title, () => {
  let fixture: string;
  let open: OpenWorkbench;
  let probe: string;
  let files: string[];
  let before: { readonly resident: number; readonly heap: number };

  beforeAll(async () => {
    fixture = mkdtempSync(join(tmpdir(), 'value-action-lens-size-'));
    const workspace = join(fixture, 'workspace');
    files = writeStudyWorkspace(workspace, join(root, '../shared/data/value_action_gap_full_data_generation.csv.gz'));
    const port = join(fixture, 'port');
    open = await openWorkbench({
      fixture: workspace,
      extensionDirs: [join(root, 'test/fixtures/hostProbe')],
      env: { VALUE_ACTION_LENS_PROBE: port },
      size: { width: 1680, height: 1000 },
    });
    await open.workbench.until('the probe', async () => existsSync(port) && readFileSync(port, 'utf8') !== '');
    probe = `http://127.0.0.1:${readFileSync(port, 'utf8')}`;
  });
  afterAll(async () => {
    await open?.close();
    rmSync(fixture, { recursive: true, force: true });
  });

  const readMemory = async () => {
    const { pid, heapUsed } = await ask<{ pid: number; heapUsed: number }>('/memory');
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const megabytes = (name: string) =>
      Math.round(Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]) / 1024);
    return { resident: megabytes('VmRSS'), peak: megabytes('VmHWM'), heap: Math.round(heapUsed / 2 ** 20) };
  };

  const ask = async <T>(path: string): Promise<T> => (await fetch(`${probe}${path}`)).json() as Promise<T>;

  /** What the extension host did from `act` until `seen`. */
  async function measure(name: string, act: () => Promise<unknown>, seen: () => Promise<unknown>): Promise<Host> {
    await ask('/begin');
    const started = Date.now();
    await act();
    await seen();
    const wall = Date.now() - started;
    const host = await ask<Host>('/end');
    const [longest, active, cpu] = [host.longest, host.active, host.cpu].map(Math.round);
    console.log(
      `${name}: extension host held for ${longest} ms at most, ${active} ms of work in all (${cpu} ms of processor time); seen after ${wall} ms`,
    );
    return host;
  }

  /** The same for what somebody waits for: nobody is kept waiting by the host. */
  async function interact(name: string, act: () => Promise<unknown>, seen: () => Promise<unknown>): Promise<void> {
    const { longest, cpu } = await measure(name, act, seen);
    // Where the machine is busy elsewhere the host waits for a processor: that is no time of ours.
    expect(Math.min(longest, cpu), `${name}: own milliseconds`).toBeLessThan(INTERACTION * PATIENCE);
  }

  const view = (name: string) =>
    open.workbench.sideBar
      .locator('.pane')
      .filter({ has: open.workbench.page.getByRole('button', { name: new RegExp(`^${name} Section`) }) });
  const rows = (name: string) => view(name).getByRole('treeitem');

  test('the runs are read, and the Gaps view lists their gaps', async () => {
    const { workbench } = open;
    await ask('/collect');
    before = await readMemory();
    const { longest, active, cpu } = await measure(
      'reading 4 runs of 60,192 observations',
      () => workbench.openView('Value-Action Lens'),
      () => workbench.until('the gaps', async () => (await rows('Gaps').count()) > 3, 120_000),
    );
    await workbench.screenshot('study-size');
    // Where the machine is busy elsewhere, part of the time the host waited for a processor.
    expect(longest * Math.min(1, cpu / active)).toBeLessThan(HELD);
  });

  test('search, filter and the next page of the Gaps view', async () => {
    const { workbench } = open;
    const said = (text: string) => workbench.sideBar.getByText(text).first();
    const clear = async (text: string) => {
      await workbench.runCommand('Value-Action Lens: Clear Gap Filters');
      await said(text).waitFor({ state: 'detached' });
    };
    await workbench.runCommand('Value-Action Lens: Search Gaps…');
    await workbench.quickInput.fill('power germany');
    await interact(
      'Gaps view, search',
      () => workbench.page.keyboard.press('Enter'),
      () => said('“power germany”').waitFor(),
    );
    await clear('“power germany”');
    await workbench.runCommand('Value-Action Lens: Filter Gaps…');
    await workbench.page.locator('.quick-input-list').getByRole('checkbox', { name: '0.50 or more' }).first().click();
    await interact(
      'Gaps view, filter',
      () => workbench.page.keyboard.press('Enter'),
      () => said('0.50 or more').waitFor(),
    );
    await clear('0.50 or more');
    await view('Gaps').getByRole('tree').focus();
    await workbench.page.keyboard.press('End');
    const more = rows('Gaps').filter({ hasText: /^Show \d+ more/ });
    await more.waitFor();
    const size = await more.getAttribute('aria-setsize');
    await interact(
      'Gaps view, next page',
      () => workbench.page.keyboard.press('Enter'),
      () =>
        workbench.until(
          'the next page',
          async () => (await rows('Gaps').first().getAttribute('aria-setsize')) !== size,
        ),
    );
    await workbench.runCommand('View: Close All Editors');
  });

  test('a file of the Scenarios view is unfolded', async () => {
    const row = rows('Scenarios').first();
    await row.waitFor();
    await interact(
      'Scenarios view, a file unfolded',
      () => row.locator('.monaco-tl-twistie').click(),
      () => view('Scenarios').locator('[role=treeitem][aria-level="2"]').first().waitFor(),
    );
  });

  test('a run is chosen in the Runs view; the charts of all four change their group', async () => {
    const { workbench } = open;
    const frame = workbench.webviewFrame();
    await interact(
      'Runs view, a run chosen, its charts',
      () => workbench.treeRow('gpt-3.5-turbo', 'Runs').click(),
      () => frame.locator('h1').getByText('gpt-3.5-turbo').waitFor(),
    );
    await workbench.runCommand('Value-Action Lens: Chart Runs Side by Side');
    await frame.locator('h1').getByText('4 runs side by side').waitFor();
    const heatmap = frame.locator('#distance-heatmap');
    await heatmap.locator('canvas').waitFor({ timeout: 60_000 });
    const steps = {
      'charts, another grouping': heatmap.getByRole('button', { name: 'By topic' }),
      'charts, the grouping before': heatmap.getByRole('button', { name: 'By country' }),
    };
    for (const [name, button] of Object.entries(steps)) {
      const own = await timeClick(button);
      console.log(`${name}: ${own} ms in the page until the frame is drawn`);
      expect(own).toBeLessThan(INTERACTION * PATIENCE);
    }
  });

  test('from gap to gap in the inspector', async () => {
    const { workbench } = open;
    await workbench.runCommand('View: Close All Editors');
    await view('Gaps').getByRole('tree').focus();
    await workbench.page.keyboard.press('Home');
    await view('Gaps').locator('[role=treeitem][aria-posinset="1"]').click();
    const frame = workbench.webviewFrame();
    await frame.locator('h1').waitFor();
    const place = frame.locator('.walk .quiet');
    const next = frame.getByRole('button', { name: 'Next gap' });
    for (let step = 0; step < 3; step++) {
      const before = await place.textContent();
      await interact(
        'inspector, next gap',
        () => next.click(),
        () => workbench.until('the next gap', async () => (await place.textContent()) !== before),
      );
    }
    await workbench.runCommand('View: Close All Editors');
  });

  test('highlights stand in a file that is opened', async () => {
    const { workbench } = open;
    const later: number[] = [];
    const own: number[] = [];
    for (const path of files.slice(20, 24)) {
      const name = path.split('/').at(-1) ?? '';
      await workbench.page.keyboard.press('Control+p');
      await workbench.quickInput.fill(name);
      const row = workbench.page.locator('.quick-input-list').getByRole('option').filter({ hasText: name }).first();
      await row.waitFor();
      const drawing = watchDrawing(workbench.page.locator('body'), name);
      const clicked = Date.now();
      const host = await measure(
        `opening ${name}`,
        () => row.click(),
        () => drawing,
      );
      const { text, highlights } = await drawing;
      const known = host.editors.find((editor) => editor.path.endsWith(name))?.at ?? Number.NaN;
      // Nobody waits for them before the text is there, and nobody can give them before the host knows of the editor.
      later.push(highlights - Math.max(text, known));
      own.push(host.cpu);
      console.log(
        `highlights: ${highlights - text} ms after the text, ${highlights - known} ms after the extension host learnt ` +
          `of the editor, ${highlights - clicked} ms after the click`,
      );
    }
    await workbench.screenshot('study-size-highlights');
    // The first file brings the language server. Of the others the page draws a frame in 40 ms, of the host 2 are ours.
    expect(Math.min(...later.slice(1))).toBeLessThan(HIGHLIGHTS * 3);
    expect(Math.max(...own.slice(1))).toBeLessThan(HIGHLIGHTS * 3);
  });

  test('all that keeps less in memory than the limit', async () => {
    const { resident, peak, heap } = await readMemory();
    await ask('/collect');
    const kept = await readMemory();
    console.log(
      `extension host: ${resident} MB resident (${peak} MB at the most, ${before.resident} MB before our views were opened); ` +
        `heap ${heap} MB; after a collection ${kept.resident} MB resident, heap ${kept.heap} MB (${before.heap} MB before)`,
    );
    expect(kept.heap - before.heap).toBeLessThan(KEPT_MB);
    expect(kept.resident).toBeLessThan(RESIDENT_MB);
  });
});

/** Milliseconds from the click until the frame after it is drawn, taken inside the page. */
function timeClick(button: Locator): Promise<number> {
  return button.evaluate(async (target) => {
    const page = globalThis as unknown as { requestAnimationFrame(callback: () => void): void };
    const started = performance.now();
    (target as unknown as { click(): void }).click();
    await new Promise<void>((resolve) => page.requestAnimationFrame(() => page.requestAnimationFrame(() => resolve())));
    return Math.round(performance.now() - started);
  });
}

/** When the editor of the file `name` draws its text, and when the first words of a highlight (ms since 1970). */
function watchDrawing(body: Locator, name: string): Promise<{ text: number; highlights: number }> {
  return body.evaluate(
    (_, file) =>
      new Promise<{ text: number; highlights: number }>((resolve) => {
        const page = globalThis as unknown as {
          requestAnimationFrame(callback: () => void): void;
          document: { querySelectorAll(selector: string): Iterable<object> };
          getComputedStyle(element: object, part: string): { content: string };
        };
        const editor = `.editor-instance .monaco-editor[data-uri$="${encodeURIComponent(file)}"]`;
        let text = 0;
        const look = () => {
          if (text === 0 && [...page.document.querySelectorAll(`${editor} .view-line`)].length > 0) text = Date.now();
          for (const span of page.document.querySelectorAll(`${editor} .view-line span[class*="ced-"]`)) {
            if (/[○●◉]/.test(page.getComputedStyle(span, '::after').content)) {
              resolve({ text, highlights: Date.now() });
              return;
            }
          }
          page.requestAnimationFrame(look);
        };
        look();
      }),
    name,
  );
}
