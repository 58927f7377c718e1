// A Chromium for the tests: one that is there, or Debian's.
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { mustRun, runCommand } from './processes.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const applications = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];
// Noto for the labels of the workbench; DejaVu's monospace has all of the dumbbell (○ ● ─ ━ ◉ ◌).
const fonts = ['fonts-dejavu-core', 'fonts-noto-core'];

/**
 * Finds Chromium (CHROME_PATH first), or installs it by apt as root.
 * @returns {Promise<string>} its path
 * @throws {Error} that says what to install, where it can do neither
 */
export async function ensureChromium({ log = console.log } = {}) {
  const given = process.env.CHROME_PATH;
  if (given) {
    if (isExecutable(given)) return given;
    throw new Error(`CHROME_PATH names ${given}, which cannot be run. Set it to a Chromium or Chrome, or unset it.`);
  }
  const apt = process.getuid?.() === 0 && findOnPath('apt-get') && existsSync('/etc/debian_version');
  const found = findChromium();
  if (!apt) {
    if (found) return found;
    throw new Error('No Chromium found. Install chromium or Google Chrome, or set CHROME_PATH to one.');
  }
  const missing = [...(found ? [] : ['chromium']), ...(await missingPackages(fonts))];
  if (missing.length > 0) await aptInstall(missing, log);
  const installed = findChromium();
  if (!installed) throw new Error('apt-get installed no chromium. Install Chromium or set CHROME_PATH to one.');
  return installed;
}

function findChromium() {
  return names.map(findOnPath).find(Boolean) ?? applications.find(isExecutable);
}

function findOnPath(name) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function missingPackages(packages) {
  const states = await Promise.all(packages.map((name) => runCommand('dpkg', ['-s', name])));
  return packages.filter((_, index) => !states[index].output.includes('install ok installed'));
}

async function aptInstall(packages, log) {
  log(`Installing ${packages.join(', ')} by apt…`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await mustRun('apt-get', ['update', '-q'], { env });
  await mustRun('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], { env });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) console.log(await ensureChromium());
