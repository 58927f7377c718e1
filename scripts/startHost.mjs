// Starts the test host on a workspace. Shared by `npm start`, the integration tests and the UI tests.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'workbench.colorTheme': 'Default Dark Modern',
  'window.autoDetectColorScheme': false,
  'update.mode': 'none',
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'telemetry.telemetryLevel': 'off',
};

/**
 * Starts the server of the test host; ready when it answers.
 * @param {object} options
 * @param {string} options.node path of Node 24
 * @param {string} options.server the server's main file, from `installTestHost`
 * @param {string} options.workspace folder to open
 * @param {string[]} [options.extensionDirs] extension folders, linked into the host
 * @param {string} [options.vsix] a packaged extension, installed before the server starts
 * @param {Record<string, unknown>} [options.userSettings] added to quiet defaults
 * @param {Record<string, unknown>} [options.machineSettings] settings of machine scope: the host takes them from here only
 * @param {boolean} [options.trust] false: the workspace opens in Restricted Mode; default true
 * @param {NodeJS.ProcessEnv} [options.env] added to this process's environment, inherited by the extension host
 * @param {boolean} [options.smokeTestDriver] for tests inside the extension host; hides notifications
 * @param {string} [options.dataFolder] kept afterwards, its settings too; default: a temporary one, removed by `stop`
 * @returns {Promise<{url: string, address: string, port: number, dataFolder: string, log: string, stop: () => Promise<void>}>}
 * url opens the workspace; address is host:port; log: a file with the server's output
 * @throws {Error} with the server's last output, when it does not answer within 30 s
 */
export async function startHost(options) {
  const { workspace, extensionDirs = [], userSettings = {}, machineSettings = {}, dataFolder } = options;
  const data = dataFolder ?? mkdtempSync(join(tmpdir(), 'value-action-lens-host-'));
  writeSettings(join(data, 'User'), { ...quietSettings, ...userSettings });
  writeSettings(join(data, 'Machine'), machineSettings);
  const extensions = join(data, 'extensions');
  linkExtensions(extensions, extensionDirs);
  if (options.vsix) installPackage(options, { data, extensions });
  const port = await findFreePort();
  const log = join(data, 'server.log');
  const child = launch(options, { data, extensions, port, log });
  const stop = async () => {
    const ended = child.exitCode === null ? once(child, 'exit') : undefined;
    child.stdin.end();
    await ended;
    if (!dataFolder) rmSync(data, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  try {
    await answer(port, child);
  } catch (error) {
    await stop().catch(() => {});
    throw error;
  }
  const address = `localhost:${port}`;
  return { url: `http://${address}/?folder=${encodeURI(workspace)}`, address, port, dataFolder: data, log, stop };
}

function launch({ node, server, trust = true, env = {}, smokeTestDriver = false }, { data, extensions, port, log }) {
  const args = ['--host', '127.0.0.1', '--port', String(port), '--without-connection-token'];
  args.push('--accept-server-license-terms', '--disable-telemetry', '--telemetry-level', 'off');
  args.push('--server-data-dir', data, '--user-data-dir', data, '--extensions-dir', extensions);
  if (trust) args.push('--disable-workspace-trust');
  if (smokeTestDriver) args.push('--enable-smoke-test-driver');
  const child = spawn(node, [fileURLToPath(new URL('leash.mjs', import.meta.url)), server, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: hostEnvironment(env),
    // Its own group: a Ctrl+C in the terminal reaches the holder of the leash alone, which then lets go.
    detached: true,
  });
  const file = createWriteStream(log);
  for (const stream of [child.stdout, child.stderr]) stream.pipe(file, { end: false });
  child.stdin.on('error', () => {}); // It ended first.
  return child;
}

function hostEnvironment(added) {
  const env = { ...process.env, ...added };
  env.EXTENSIONS_GALLERY = JSON.stringify({ serviceUrl: '', itemUrl: '', resourceUrlTemplate: '' });
  // A terminal inside VS Code and a test runner leave these; the server would take them for its own.
  for (const name of Object.keys(env)) {
    if (name === 'NODE_OPTIONS' || name.startsWith('VSCODE_') || name.startsWith('VITEST')) delete env[name];
  }
  return env;
}

/** What is there stays: in a data folder that is kept, somebody may have changed it. */
function writeSettings(folder, settings) {
  const file = join(folder, 'settings.json');
  if (existsSync(file)) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, JSON.stringify(settings, undefined, 2));
}

function linkExtensions(extensions, folders) {
  // The host keeps a list of what it found there before; a linked folder that moved would be missed.
  rmSync(extensions, { recursive: true, force: true });
  mkdirSync(extensions, { recursive: true });
  for (const folder of folders) {
    const { publisher, name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    symlinkSync(folder, join(extensions, `${publisher}.${name}-${version}`), 'junction');
  }
}

function installPackage({ node, server, vsix }, { data, extensions }) {
  const args = [server, '--install-extension', vsix, '--server-data-dir', data, '--extensions-dir', extensions];
  const { status, stdout, stderr } = spawnSync(node, [...args, '--accept-server-license-terms'], {
    encoding: 'utf8',
    env: hostEnvironment({}),
  });
  if (status !== 0) throw new Error(`${vsix} cannot be installed (exit code ${status}):\n${stdout}${stderr}`);
}

function findFreePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function answer(port, child) {
  let output = '';
  const collect = (chunk) => {
    output = (output + chunk).slice(-4000);
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline && child.exitCode === null) {
    const response = await fetch(`http://127.0.0.1:${port}/version`).catch(() => undefined);
    if (response?.ok) {
      child.stdout.off('data', collect);
      child.stderr.off('data', collect);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`The test host did not answer on port ${port} (exit code ${child.exitCode}). Its output:\n${output}`);
}
