/** The package that people install: what is in it, and that it does the main job where nothing of this repository is. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bootstrap, root } from '../../scripts/bootstrap.mjs';
import { packageExtension } from '../../scripts/package.mjs';
import { type OpenAIServer, startOpenAIServer } from '../fixtures/openaiServer';
import { type OpenWorkbench, openWorkbench } from './harness/openWorkbench';

/** Loading the code and calling it, as VS Code itself measures it. */
const ACTIVATION_MS = 50;
/** A machine that others load. */
const PATIENCE = 5;

let server: OpenAIServer;
let open: OpenWorkbench;
let output: string;
let made: { path: string; bytes: number };

beforeAll(async () => {
  const { node, env } = await bootstrap();
  output = mkdtempSync(join(tmpdir(), 'value-action-lens-package-'));
  made = await packageExtension({ node, env, output, log: () => undefined });
  server = await startOpenAIServer({ state: () => 1, pick: () => 1 });
  open = await openWorkbench({
    fixture: join(root, 'examples'),
    vsix: made.path,
    machineSettings: {
      'valueActionLens.endpoints': [{ name: 'lab', baseUrl: server.baseUrl, models: ['first-option'] }],
    },
  });
});
afterAll(async () => {
  await open?.close();
  await server?.close();
  rmSync(output, { recursive: true, force: true });
});

function installedFolder(): string {
  const extensions = join(open.dataFolder, 'extensions');
  const name = readdirSync(extensions).find((entry) => entry.startsWith('value-action-lens.value-action-lens-'));
  expect(name, 'the installed extension').toBeDefined();
  return join(extensions, name!);
}

test('the package is small and holds what people need, and nothing that was for building it', () => {
  console.log(`the universal package: ${(made.bytes / 1e6).toFixed(2)} MB`);
  expect(made.bytes).toBeLessThan(1_500_000);
  const folder = installedFolder();
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/'));
  expect(files).toEqual(
    expect.arrayContaining(['dist/extension.js', 'dist/server.js', 'dist/webview/charts.js', 'media/icon.png']),
  );
  expect(
    files.filter((file) => /\.map$|(^|\/)(src|test|node_modules|runtime|scripts|\.value-action-lens)(\/|$)/.test(file)),
  ).toEqual([]);
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  expect(manifest.scripts).toBeUndefined();
  expect(manifest.devDependencies).toBeUndefined();
  const readme = readFileSync(join(folder, files.find((file) => /^readme\.md$/i.test(file))!), 'utf8');
  const pictures = [...readme.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map((match) => match[1]!);
  expect(pictures.length).toBeGreaterThan(0);
  for (const picture of pictures) expect(existsSync(join(folder, picture)), picture).toBe(true);
});

test('installed from the package, it runs an evaluation and draws the charts', async () => {
  const { workbench } = open;
  await workbench.openFile('quickstart.scenario.yaml');
  await workbench.openView('Value-Action Lens');
  await workbench.tick('first-option');
  await workbench.runCommand('Value-Action Lens: Run Evaluation');
  await workbench.decoration(/undecided/);
  await workbench.runCommand('Value-Action Lens: Open Charts');
  await workbench.webviewFrame().locator('canvas').first().waitFor();
});

test('without the runtime, the built-in entry says which package has it', async () => {
  const { workbench } = open;
  await workbench.treeRow('SmolLM2').hover();
  await workbench.page.locator('.workbench-hover').filter({ hasText: 'linux-x64' }).first().waitFor();
});

test('it is activated quickly', async () => {
  const { workbench } = open;
  // The list is sorted by this time, and draws only the rows in sight.
  await workbench.page.setViewportSize({ width: 1440, height: 4000 });
  await workbench.runCommand('Developer: Show Running Extensions');
  const row = workbench.page.locator('.runtime-extensions-editor .extension').filter({ hasText: 'Value-Action Lens' });
  const text = await row.locator('.activation-time').textContent();
  const ms = Number(/(\d+)ms/.exec(text ?? '')?.[1]);
  console.log(`activation, loading and calling: ${text}`);
  expect(ms).toBeLessThan(ACTIVATION_MS * PATIENCE);
});
