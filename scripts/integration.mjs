// Runs the integration tests (dist/test/index.js) inside the extension host of the test host: `minimum` as argument
// takes the oldest VS Code that package.json promises to work with.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bootstrap, root } from './bootstrap.mjs';
import { launchBrowser } from './browser.mjs';
import { ensureChromium } from './chromium.mjs';
import { startHost } from './startHost.mjs';
import { installTestHost } from './testHost.mjs';

// A loaded machine takes three times as long as an idle one.
const limitMs = 400_000;
const outputFolder = join(root, 'test-output');
const version = process.argv[2] === 'minimum' ? 'minimum' : 'current';
const output = join(outputFolder, version === 'minimum' ? 'minimum.txt' : 'integration.txt');

const { node: node24, env } = await bootstrap();
const { server, node = node24 } = await installTestHost({ env, version });
const executable = await ensureChromium();
for (const file of [output, `${output}.json`]) rmSync(file, { force: true });
mkdirSync(outputFolder, { recursive: true });
const workspace = mkdtempSync(join(tmpdir(), 'value-action-lens-workspace-'));
cpSync(join(root, 'test', 'fixtures', 'workspace'), workspace, { recursive: true });

// What is kept outside the workspace, such as known answers, is neither read nor left behind.
const home = mkdtempSync(join(tmpdir(), 'value-action-lens-home-'));

const host = await startHost({
  node,
  server,
  workspace,
  // Offers the language model that one suite asks.
  extensionDirs: [join(root, 'test', 'fixtures', 'languageModelProvider')],
  smokeTestDriver: true,
  env: { ...env, VALUE_ACTION_LENS_TEST_OUTPUT: output, VALUE_ACTION_LENS_HOME: home },
});
const browser = await launchBrowser(executable);
try {
  const code = await runTests();
  if (code !== 0) process.exitCode = 1;
  if (!existsSync(`${output}.json`))
    throw new Error(`The tests ended with ${code} and left no counts in ${output}.json.`);
} finally {
  await browser.close();
  await host.stop();
  for (const folder of [workspace, home]) rmSync(folder, { recursive: true, force: true });
}

/** Opens the workbench as an extension development host. @returns {Promise<number>} the exit code it reports */
async function runTests() {
  const page = await browser.newPage();
  const messages = [];
  page.on('pageerror', (error) => messages.push(error.message));
  // An unknown authority would be ignored without a word: it must be the page's own.
  const remote = (path) => `vscode-remote://${host.address}${path}`;
  const payload = [
    ['extensionDevelopmentPath', remote(root)],
    ['extensionDevelopmentKind', 'workspace'],
    ['extensionTestsPath', remote(join(root, 'dist', 'test', 'index.js'))],
  ];
  const ended = new Promise((resolve) => page.exposeFunction('codeAutomationExit', resolve));
  await page.exposeFunction('codeAutomationLog', (type, parts) => messages.push(`${type}: ${parts.join(' ')}`));
  const show = tail(output);
  const timer = setInterval(show, 200);
  try {
    await page.goto(`${host.url}&payload=${encodeURIComponent(JSON.stringify(payload))}`);
    const code = await Promise.race([ended, waitFor(limitMs)]);
    if (code === 'late') throw new Error(`No result after ${limitMs / 1000} s.\n${lastOf(messages)}`);
    if (code !== 0 && !existsSync(`${output}.json`)) console.error(lastOf(messages));
    return code;
  } finally {
    clearInterval(timer);
    show();
  }
}

function tail(file) {
  let shown = 0;
  return () => {
    if (!existsSync(file)) return;
    const text = readFileSync(file, 'utf8');
    process.stdout.write(text.slice(shown));
    shown = text.length;
  };
}

function waitFor(ms) {
  return new Promise((resolve) => setTimeout(() => resolve('late'), ms).unref());
}

function lastOf(messages) {
  return `The workbench said:\n${messages.slice(-15).join('\n') || '(nothing)'}`;
}
