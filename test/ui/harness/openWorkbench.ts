/** Opens the workbench of the test host, with the extension in it, on a copy of a fixture folder. */
import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, expect } from 'vitest';
import { bootstrap, root } from '../../../scripts/bootstrap.mjs';
import { launchBrowser } from '../../../scripts/browser.mjs';
import { ensureChromium } from '../../../scripts/chromium.mjs';
import { startHost } from '../../../scripts/startHost.mjs';
import { installTestHost } from '../../../scripts/testHost.mjs';
import { Workbench } from './workbench';

export interface WorkbenchOptions {
  /** Folder that is copied to be the workspace; default `test/fixtures/workspace`. */
  readonly fixture?: string;
  readonly userSettings?: Record<string, unknown>;
  /** Settings of machine scope, such as `valueActionLens.endpoints`. */
  readonly machineSettings?: Record<string, unknown>;
  /** False: Restricted Mode. */
  readonly trust?: boolean;
  /** Added to the environment of the extension host. */
  readonly env?: Record<string, string>;
  /** A packaged extension to install instead of the one of this repository. */
  readonly vsix?: string;
  /** Further extensions, beside the one of this repository. */
  readonly extensionDirs?: string[];
  /** Width and height of the page in CSS pixels. */
  readonly size?: { width: number; height: number };
}

export interface OpenWorkbench {
  readonly workbench: Workbench;
  /** Absolute path of the workspace's folder. */
  readonly workspace: string;
  /** What the host keeps: settings, logs, installed extensions. */
  readonly dataFolder: string;
  /** What the extension keeps outside of the workspace (`VALUE_ACTION_LENS_HOME`). */
  readonly home: string;
  close(): Promise<void>;
}

/** `npm start` leaves its run in the examples: nothing a test begins with. */
function isOfSomebody(path: string): boolean {
  return path.startsWith(root) && basename(path) === '.value-action-lens';
}

const opened = new Set<Workbench>();

// Each file of UI tests imports this module, and by that records its failures.
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await recordFailures(`${basename(task.file.name, '.test.ts')} ${task.name}`);
});

/** Keeps what the open workbenches show; a page that can no longer be looked at is no second failure. */
async function recordFailures(name: string): Promise<void> {
  for (const workbench of opened) {
    try {
      console.log(`What was on screen: ${await workbench.recordFailure(name)} and .png`);
    } catch (error) {
      console.log(`What was on screen at "${name}" could not be kept: ${error}`);
    }
  }
}

/**
 * A launch takes 5 to 7 s: open one for a file of tests (`beforeAll`), not for each test.
 * @throws Error where the host or the browser does not start, or the workbench does not appear within 60 s
 */
export async function openWorkbench(options: WorkbenchOptions = {}): Promise<OpenWorkbench> {
  const { node, env } = await bootstrap();
  const [{ server }, executable] = [await installTestHost({ env }), await ensureChromium()];
  const workspace = mkdtempSync(join(realpathSync(tmpdir()), 'value-action-lens-workspace-'));
  // Answers that are known from another test's endpoint at the same port would be taken for this one's.
  const home = mkdtempSync(join(tmpdir(), 'value-action-lens-home-'));
  const undo: (() => void | Promise<void>)[] = [workspace, home].map(
    (folder) => () => rmSync(folder, { recursive: true, force: true }),
  );
  const close = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const fixture = options.fixture ?? join(root, 'test/fixtures/workspace');
    cpSync(fixture, workspace, { recursive: true, filter: (path) => !isOfSomebody(path) });
    const host = await startHost({
      node,
      server,
      workspace,
      extensionDirs: [...(options.vsix ? [] : [root]), ...(options.extensionDirs ?? [])],
      vsix: options.vsix,
      userSettings: options.userSettings ?? {},
      machineSettings: options.machineSettings ?? {},
      trust: options.trust ?? true,
      env: { ...env, VALUE_ACTION_LENS_HOME: home, ...options.env },
    });
    undo.push(() => host.stop());
    const browser = await launchBrowser(executable);
    undo.push(() => browser.close());
    const page = await browser.newPage({ viewport: options.size ?? { width: 1440, height: 900 } });
    const workbench = new Workbench(page, join(root, 'test-output/screenshots'));
    opened.add(workbench);
    undo.push(() => void opened.delete(workbench));
    await page.goto(host.url);
    await workbench.waitUntilReady();
    return { workbench, workspace, dataFolder: host.dataFolder, home, close };
  } catch (error) {
    await recordFailures(`launch ${basename(expect.getState().testPath ?? '', '.test.ts')}`);
    await close();
    throw error;
  }
}
