/** A folder of run files, looked at again and again: what is there, and what is not as it was at the last look. */
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';

const SUFFIX = '.jsonl';

export interface RunFolderLook {
  /** Absolute paths of the run files there are. */
  readonly present: ReadonlySet<string>;
  /** Those of them that are new or not as they were. */
  readonly changed: readonly string[];
}

export class RunFolder {
  /** Size and time of each file at the last look. */
  private stamps: ReadonlyMap<string, string> = new Map();

  /** @param directory Absolute path; need not exist (yet). */
  constructor(private readonly directory: string) {}

  /**
   * Costs one listing, and one `stat` a file. Undefined where the folder is there and cannot be listed: a drive that is
   * away for a moment has lost no run. Never throws.
   */
  async look(): Promise<RunFolderLook | undefined> {
    const files = await listRunFiles(this.directory);
    if (!files) return undefined;
    const before = this.stamps;
    const stamps = new Map<string, string>();
    await Promise.all(
      files.map(async (file) => {
        const stamp = await stampOf(file);
        if (stamp !== undefined) stamps.set(file, stamp);
      }),
    );
    this.stamps = stamps;
    return {
      present: new Set(stamps.keys()),
      changed: [...stamps].filter(([file, stamp]) => before.get(file) !== stamp).map(([file]) => file),
    };
  }
}

async function listRunFiles(directory: string): Promise<readonly string[] | undefined> {
  try {
    const names = await readdir(directory);
    return names.filter((name) => name.endsWith(SUFFIX)).map((name) => path.join(directory, name));
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? [] : undefined;
  }
}

/** Undefined where the file went meanwhile. */
async function stampOf(file: string): Promise<string | undefined> {
  try {
    const { size, mtimeMs } = await stat(file);
    return `${size} ${mtimeMs}`;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : 'cannot be looked at';
  }
}
