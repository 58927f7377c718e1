/** Weights by the runtime's own downloader, in the model's process: the runtime is an ES module with native parts. */
import { dirname } from 'node:path';
import { InstallError } from './installError';
import { forkModelProcess } from './modelProcess';
import type { WeightsFetcher } from './weights';

/** Where nothing has come by then, the host is not to be reached from here, and another way is tried. */
const FIRST_BYTES_MS = 6_000;
const NEXT_BYTES_MS = 60_000;

/**
 * @param runtime The runtime's main module.
 * @param processEntry `builtin.mjs` of the build.
 */
export function createHuggingFaceFetcher(
  runtime: string,
  processEntry: string,
  firstBytesMs = FIRST_BYTES_MS,
): WeightsFetcher {
  return {
    source: 'Hugging Face',
    async fetch(model, target, onBytes, signal) {
      const worker = forkModelProcess(processEntry);
      let limit: NodeJS.Timeout | undefined;
      const giveUp = () => worker.kill();
      signal?.addEventListener('abort', giveUp, { once: true });
      try {
        await new Promise<void>((resolve, reject) => {
          const expectBytesWithin = (ms: number) => {
            clearTimeout(limit);
            limit = setTimeout(() => reject(new InstallError('It could not be reached in time.')), ms);
          };
          expectBytesWithin(firstBytesMs);
          worker.listen((message) => {
            if (message.type === 'downloaded') resolve();
            if (message.type === 'download-failed') reject(new InstallError(message.message));
            if (message.type !== 'progress' || message.bytes === 0) return;
            expectBytesWithin(NEXT_BYTES_MS);
            onBytes(message.bytes);
          });
          void worker.gone.then((how) => reject(new InstallError(how)));
          worker.send({
            type: 'download',
            runtime,
            uri: model.huggingFaceUri,
            folder: dirname(target),
            file: model.file,
          });
        });
      } finally {
        clearTimeout(limit);
        signal?.removeEventListener('abort', giveUp);
        worker.kill();
        await worker.gone;
      }
    },
  };
}
