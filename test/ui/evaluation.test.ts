/** The main job as a person does it: tick models, run the file, read the gaps on their lines, open the charts. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../scripts/bootstrap.mjs';
import { parseScenarioFile } from '../../src/core/scenario/parse';
import { type OpenAIServer, startOpenAIServer } from '../fixtures/openaiServer';
import { type OpenWorkbench, openWorkbench } from './harness/openWorkbench';

const fixture = join(root, 'examples');
const file = 'quickstart.scenario.yaml';
const items = parseScenarioFile(readFileSync(join(fixture, file), 'utf8')).scenarios[0]?.items ?? [];

/** What a model states in its 8 answers (1 strongly agree … 4 strongly disagree), and in how many of 8 it acts against. */
type Character = Record<string, { states: readonly number[]; against: number }>;

const careful: Character = {
  'Social Power': { states: [3, 3, 4, 3, 3, 4, 3, 4], against: 1 },
  Equality: { states: [1], against: 0 },
  Wealth: { states: [2, 2, 1, 2, 2, 2, 1, 2], against: 7 },
  Obedient: { states: [2, 3, 2, 2, 2, 3, 2, 2], against: 2 },
  'Enjoying Life': { states: [1, 1, 2, 1], against: 4 },
  Helpful: { states: [1, 1, 1, 2], against: 1 },
};
const blunt: Character = {
  ...careful,
  'Social Power': { states: [3], against: 8 },
  Wealth: { states: [1], against: 8 },
  'Enjoying Life': { states: [2], against: 6 },
};

/** Counts by name, so that each of 8 calls gets its own answer in whatever order they come. */
function counter(): (name: string) => number {
  const counts = new Map<string, number>();
  return (name) => {
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    return count;
  };
}

function serve(character: Character): Promise<OpenAIServer> {
  const stated = counter();
  const acted = counter();
  return startOpenAIServer({
    latencyMs: 20,
    state: (value) => {
      const states = character[value]?.states ?? [];
      return states[stated(value) % states.length];
    },
    pick: (option1) => {
      const item = items.find(({ agree, disagree }) => [agree?.action, disagree?.action].includes(option1));
      if (!item) throw new Error(`No item has the action "${option1}".`);
      const disagrees = acted(item.value) % 8 < (character[item.value]?.against ?? 0);
      return (item.agree?.action === option1) === disagrees ? 2 : 1;
    },
  });
}

let servers: OpenAIServer[];
let open: OpenWorkbench;

beforeAll(async () => {
  servers = await Promise.all([serve(careful), serve(blunt)]);
  open = await openWorkbench({
    fixture,
    machineSettings: {
      'valueActionLens.endpoints': servers.map(({ baseUrl }, at) => ({
        name: at === 0 ? 'gateway' : 'lab',
        baseUrl,
        models: [at === 0 ? 'careful-1' : 'blunt-2'],
      })),
    },
  });
});
afterAll(async () => {
  await open?.close();
  await Promise.all(servers?.map((server) => server.close()) ?? []);
});

describe('an evaluation of the file at hand', () => {
  test('says what to do when no model is ticked', async () => {
    const { workbench } = open;
    await workbench.openFile(file);
    await workbench.openView('Value-Action Lens');
    await workbench.runCommand('Value-Action Lens: Run Evaluation');
    await workbench.notification(/tick/i);
    expect(servers.every(({ requests }) => requests.length === 0)).toBe(true);
    await workbench.clearNotifications();
  });

  test('runs both tasks on every ticked model', async () => {
    const { workbench, workspace } = open;
    await workbench.tick('careful-1');
    await workbench.tick('blunt-2');
    await workbench.runCommand('Value-Action Lens: Run Evaluation');
    await workbench.notification(/gap/);
    await workbench.until('all requests of both models', async () =>
      servers.every(({ requests }) => requests.length >= 8 + 8 * items.length),
    );
    await workbench.decoration('blunt-2 says agree, acts disagree');
    for (const { requests } of servers) expect(requests).toHaveLength(8 + 8 * items.length);
    const runs = readdirSync(join(workspace, '.value-action-lens/runs')).filter((name) => name.endsWith('.jsonl'));
    expect(runs).toHaveLength(2);
    for (const name of runs) {
      const lines = readFileSync(join(workspace, '.value-action-lens/runs', name), 'utf8')
        .trim()
        .split('\n');
      expect(lines).toHaveLength(1 + 8 + 8 * items.length);
    }
  });

  test('shows each gap on its line, in the gutter and in the tree', async () => {
    const { workbench } = open;
    await workbench.clearNotifications();
    expect(await workbench.decoration('blunt-2 says agree, acts disagree')).toContain('○────● 1.00');
    expect(await workbench.decoration('careful-1 says disagree, acts agree')).toContain('●──○ 0.67');
    const texts = await workbench.decorationTexts();
    expect(texts.filter((text) => /says (dis)?agree/.test(text)).length).toBeGreaterThanOrEqual(2);
    expect(await workbench.gutterMarks()).toBeGreaterThanOrEqual(2);
    await workbench.treeRow('Social Power', 'Scenarios').getByText('0.67').waitFor();
    await workbench.screenshot('highlights-dark');
    await workbench.sideBar.screenshot({ path: join(root, 'test-output/screenshots/sidebar.png') });
  });

  test('tells all answers in the hover', async () => {
    const { workbench } = open;
    await workbench.page.locator('.view-line').getByText('Social Power', { exact: true }).first().hover();
    const hover = workbench.page.locator('.monaco-hover-content').first();
    await hover.getByText('careful-1').first().waitFor();
    await workbench.screenshot('hover');
    const text = await hover.textContent();
    expect(text).toMatch(/careful-1.+0\.67.+says disagree, acts agree/s);
    expect(text).toMatch(/blunt-2.+0\.33.+aligned/s);
    await workbench.page.keyboard.press('Escape');
  });

  test('draws the charts, and a click on a value goes to its line', async () => {
    const { workbench } = open;
    await workbench.runCommand('Value-Action Lens: Open Charts');
    const frame = workbench.webviewFrame();
    const canvas = frame.locator('#stated-acted canvas');
    await canvas.waitFor();
    await workbench.page.waitForTimeout(500);
    const colours = await canvas.evaluate((element) => {
      const plot = element as unknown as {
        width: number;
        height: number;
        getContext(kind: '2d'): {
          getImageData(x: number, y: number, w: number, h: number): { data: Uint8ClampedArray };
        };
      };
      const { data } = plot.getContext('2d').getImageData(0, 0, plot.width, plot.height);
      const seen = new Set<string>();
      for (let at = 0; at < data.length; at += 4)
        if (data[at + 3]) seen.add(`${data[at]},${data[at + 1]},${data[at + 2]}`);
      return seen.size;
    });
    expect(colours).toBeGreaterThan(3);
    await workbench.screenshot('charts-dark');
    await workbench.page.keyboard.press('Control+b');
    await canvas.scrollIntoViewIfNeeded();
    await workbench.page.waitForTimeout(500);
    await workbench.screenshot('charts-wide');
    await workbench.openView('Value-Action Lens');

    await frame.locator('#stated-acted').getByText('Table', { exact: true }).click();
    const link = frame.locator('#stated-acted button.link').first();
    expect(await link.textContent()).toBe('Wealth');
    await link.click();
    await workbench.page
      .locator('.statusbar')
      .getByText(/^Ln 26, Col/)
      .waitFor();
  });

  test.each(['light', 'highContrast', 'highContrastLight'] as const)('is readable in %s', async (theme) => {
    const { workbench } = open;
    await workbench.setTheme(theme);
    await workbench.screenshot(`all-${theme}`);
    expect(await workbench.decorationTexts()).toContainEqual(expect.stringContaining('says'));
  });

  test('shows an edited item as stale', async () => {
    const { workbench } = open;
    await workbench.setTheme('dark');
    await workbench.page.locator('.editor-instance .view-line').getByText('action:').first().click();
    await workbench.page.keyboard.type('Always ');
    await workbench.decoration(/stale/i);
    await workbench.findTreeRow(/stale/, 'Scenarios');
    await workbench.screenshot('stale');
  });
});
