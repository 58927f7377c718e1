/** The built-in model's own process, so that neither the editor nor the command line waits for it. */
import { AnsweringModel, CanceledError, PromptTooLongError } from './answering';
import { loadRuntime } from './llama';
import { type CompleteMessage, type FromProcess, type ToProcess, toProcessSchema } from './messages';

const canceled = new Set<number>();
let model: AnsweringModel | undefined;
/** One thing at a time: the model has one context. */
let queue: Promise<void> = Promise.resolve();

function send(message: FromProcess): void {
  process.send?.(message);
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function load({ runtime, weights, threads }: Extract<ToProcess, { type: 'load' }>): Promise<void> {
  try {
    model = await AnsweringModel.load(await loadRuntime(runtime), weights, threads);
    send({ type: 'loaded' });
  } catch (error) {
    send({ type: 'load-failed', message: describe(error) });
  }
}

async function complete(request: CompleteMessage): Promise<void> {
  const { id } = request;
  try {
    if (!model) throw new Error('The model is not loaded.');
    const { text, usage } = await model.answer(request, () => canceled.has(id));
    send({ type: 'reply', id, text, usage });
  } catch (error) {
    const reason =
      error instanceof PromptTooLongError ? 'too-long' : error instanceof CanceledError ? 'canceled' : 'failed';
    send({ type: 'error', id, reason, message: describe(error) });
  } finally {
    canceled.delete(id);
  }
}

async function download({ runtime, uri, folder, file }: Extract<ToProcess, { type: 'download' }>): Promise<void> {
  try {
    const { createModelDownloader } = await loadRuntime(runtime);
    const downloader = await createModelDownloader({
      modelUri: uri,
      dirPath: folder,
      fileName: file,
      showCliProgress: false,
      onProgress: ({ downloadedSize, totalSize }) =>
        send({ type: 'progress', bytes: downloadedSize, total: totalSize }),
    });
    await downloader.download();
    send({ type: 'downloaded' });
  } catch (error) {
    send({ type: 'download-failed', message: describe(error) });
  }
}

process.on('message', (received) => {
  const message = toProcessSchema.parse(received);
  switch (message.type) {
    case 'load':
      queue = queue.then(() => load(message));
      break;
    case 'complete':
      queue = queue.then(() => complete(message));
      break;
    case 'download':
      queue = queue.then(() => download(message));
      break;
    case 'cancel':
      canceled.add(message.id);
      break;
  }
});
// The owner is gone: nobody would ever stop us.
process.on('disconnect', () => process.exit(0));
