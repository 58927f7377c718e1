/** `model fetch`: gets the built-in model onto this machine. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { InstallError, type InstallProgress, installBuiltIn } from '../models/builtin/install';

const LINE_EVERY_MS = 2000;

/** Returns the exit code: 1 where the model cannot be fetched. */
export async function fetchModel({ json }: { readonly json?: boolean }, distFolder: string): Promise<number> {
  const showProgress = createProgress();
  try {
    const fetched = await installBuiltIn({ processEntry: join(distFolder, 'builtin.mjs'), onProgress: showProgress });
    const { weights: path, source, runtime } = fetched;
    const { size: bytes } = statSync(path);
    if (json) console.log(JSON.stringify({ path, source, bytes, runtime }));
    else console.error(`${fetched.id} is ready: ${path} (${inMB(bytes)} MB, from ${source})`);
    return 0;
  } catch (error) {
    if (!(error instanceof InstallError)) throw error;
    console.error(error.message);
    return 1;
  }
}

function createProgress(): (progress: InstallProgress) => void {
  let lastMs = Number.NEGATIVE_INFINITY;
  return (progress) => {
    if (progress.step === 'runtime') {
      console.error('Fetching the runtime of the built-in model (85 MB)…');
      return;
    }
    const now = performance.now();
    if (now - lastMs < LINE_EVERY_MS) return;
    lastMs = now;
    console.error(
      `Fetching its weights from ${progress.source}: ${inMB(progress.bytes)} of ${inMB(progress.total)} MB`,
    );
  };
}

function inMB(bytes: number): number {
  return Math.round(bytes / 1e6);
}
