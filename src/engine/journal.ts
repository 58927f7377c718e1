/** Run files on disk: written line by line while a run goes on, read back whole. */
import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Observed } from '../core/runs/assignment';
import type { Observation } from '../core/runs/record';
import { formatLine } from '../core/runs/runFile';
import { findLastLineEnd, readLines } from './lines';
import { type Journal, JournalError } from './ports';
import { lockRun, type RunLock } from './runLock';
import { explainWriteError } from './writeErrors';

/**
 * Writes the header of a new run.
 * @throws {JournalError} where the file exists already (a run is never overwritten) or cannot be written.
 */
export async function createRunFile<O extends Observed = Observation>(
  path: string,
  header: { readonly type: string; readonly schema: string },
): Promise<Journal<O>> {
  let handle: FileHandle;
  try {
    await mkdir(dirname(path), { recursive: true });
    handle = await open(path, 'ax+');
  } catch (error) {
    throw explainWriteError(path, error);
  }
  let lock: RunLock | undefined;
  try {
    lock = await lockRun(path);
    const journal = new FileJournal<O>(path, handle, lock);
    await journal.write(formatLine(header));
    return journal;
  } catch (error) {
    await lock?.release();
    await handle.close().catch(() => undefined);
    // A file without a whole header is no run.
    await rm(path, { force: true }).catch(() => undefined);
    throw explainWriteError(path, error);
  }
}

/**
 * Goes on writing a run. A half-written last line, left by a killed process, is cut off first.
 * @param lock Released when the journal is closed.
 * @throws {JournalError} where the file does not exist or cannot be written.
 */
export async function openRunFile<O extends Observed = Observation>(path: string, lock?: RunLock): Promise<Journal<O>> {
  try {
    const handle = await open(path, constants.O_RDWR | constants.O_APPEND);
    try {
      const end = await findLastLineEnd(handle);
      if (end < (await handle.stat()).size) await handle.truncate(end);
    } catch (error) {
      await handle.close();
      throw error;
    }
    return new FileJournal<O>(path, handle, lock);
  } catch (error) {
    throw explainWriteError(path, error);
  }
}

/**
 * Takes the failures out of a run, so that their requests can be asked again: one line for each final observation.
 * The file is replaced as a whole or not at all. Returns how many lines went.
 */
export async function removeFailures(path: string): Promise<number> {
  const aside = `${path}.${process.pid}.tmp`;
  let removed = 0;
  try {
    const handle = await open(aside, 'w');
    try {
      let text = '';
      for (const line of readLines(path)) {
        if (isFailureLine(line)) removed++;
        else if (line.trim() !== '') text += `${line}\n`;
        if (text.length < COPY_AT_ONCE) continue;
        await handle.appendFile(text);
        text = '';
      }
      await handle.appendFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(aside, path);
  } catch (error) {
    await rm(aside, { force: true });
    throw explainWriteError(path, error);
  }
  return removed;
}

/** Of a copied file (UTF-16 units). */
const COPY_AT_ONCE = 1 << 18;

function isFailureLine(line: string): boolean {
  // Cheap test first: most lines of a large run are answers.
  if (!line.includes('"failure"')) return false;
  try {
    return (JSON.parse(line) as { type?: unknown } | null)?.type === 'failure';
  } catch {
    return false;
  }
}

/** How long a deleted file may stay unnoticed. */
const LOOK_EVERY_MS = 500;

class FileJournal<O extends Observed> implements Journal<O> {
  private waiting: { text: string; resolve: () => void; reject: (error: unknown) => void }[] = [];
  private writing: Promise<void> | undefined;
  private broken: JournalError | undefined;
  private closed = false;
  private lookedMs = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly path: string,
    private handle: FileHandle,
    private readonly lock?: RunLock,
  ) {}

  append(observation: O): Promise<void> {
    return this.write(formatLine(observation));
  }

  write(text: string): Promise<void> {
    if (this.broken) return Promise.reject(this.broken);
    if (this.closed) return Promise.reject(new JournalError(`The run file ${this.path} is closed.`));
    return new Promise((resolve, reject) => {
      this.waiting.push({ text, resolve, reject });
      this.writing ??= this.drain();
    });
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.writing;
    try {
      if (!this.broken) await this.restoreDeletedFile();
    } catch (error) {
      throw explainWriteError(this.path, error);
    } finally {
      await this.handle.close();
      await this.lock?.release();
    }
  }

  /** One write at a time; lines that arrive meanwhile go out together with the next one. */
  private async drain(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting;
      this.waiting = [];
      try {
        if (this.broken) throw this.broken;
        await this.lookAfterFile();
        await this.handle.appendFile(batch.map(({ text }) => text).join(''));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        this.broken ??= explainWriteError(this.path, error);
        for (const { reject } of batch) reject(this.broken);
      }
    }
    this.writing = undefined;
  }

  /** Looking costs as much as writing, so it is not done for every line. */
  private async lookAfterFile(): Promise<void> {
    if (performance.now() - this.lookedMs < LOOK_EVERY_MS) return;
    await this.restoreDeletedFile();
    this.lookedMs = performance.now();
  }

  /** A file that was deleted under us still lives behind the handle: put it back rather than write into nowhere. */
  private async restoreDeletedFile(): Promise<void> {
    const held = await this.handle.stat();
    if (held.nlink > 0) return;
    if (await exists(this.path)) {
      throw new JournalError(
        `The run file ${this.path} was replaced by another file while the run went on. Run again.`,
      );
    }
    const text = Buffer.alloc(held.size);
    for (let at = 0; at < held.size; ) {
      const { bytesRead } = await this.handle.read(text, at, held.size - at, at);
      if (bytesRead === 0) break;
      at += bytesRead;
    }
    await mkdir(dirname(this.path), { recursive: true });
    const restored = await open(this.path, 'ax+');
    await restored.appendFile(text);
    await this.handle.close();
    this.handle = restored;
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
