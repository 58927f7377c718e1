/** One process writes a run at a time: two that went on with the same run would ask everything twice. */
import { open, readFile, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { JournalError } from './ports';

export interface RunLock {
  release(): Promise<void>;
}

/**
 * A file beside the run says who writes it. One that a killed process left behind is taken over.
 * @throws {JournalError} where another process writes the run.
 * @throws {NodeJS.ErrnoException} where nothing can be written beside it.
 */
export async function lockRun(path: string): Promise<RunLock> {
  const file = `${path}.lock`;
  for (;;) {
    try {
      await writeNew(file, JSON.stringify({ pid: process.pid, host: hostname() }));
      return { release: () => rm(file, { force: true }).catch(() => undefined) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const writer = await readWriter(file);
    if (writer && isAlive(writer)) {
      const next = `Wait for it or stop it; where there is no such process, delete ${file}`;
      throw new JournalError(`The run ${path} is being written by process ${writer.pid} on ${writer.host}. ${next}.`);
    }
    await rm(file, { force: true });
  }
}

/** The whole text, or no file. */
async function writeNew(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx');
  try {
    await handle.writeFile(text);
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
}

interface Writer {
  readonly pid: number;
  readonly host: string;
}

async function readWriter(file: string): Promise<Writer | undefined> {
  try {
    const { pid, host } = JSON.parse(await readFile(file, 'utf8')) as Partial<Writer>;
    return typeof pid === 'number' && typeof host === 'string' ? { pid, host } : undefined;
  } catch {
    // Half-written, or gone meanwhile.
    return undefined;
  }
}

/** Our own process knows what it writes. Whether a process of another machine lives cannot be told: it is believed. */
function isAlive({ pid, host }: Writer): boolean {
  if (host !== hostname()) return true;
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
