/** Where a reviewer's judgements go: each becomes one line of a text file at once, and none is lost where that fails. */
import { constants } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import path from 'node:path';

export interface SaveState {
  /** Judgements that are not in the file yet. */
  readonly unsaved: number;
  /** Why not. */
  readonly reason?: string;
}

const LINE_END = 0x0a;
/** A folder may come from anybody, and with it a link of the reviewer's name that leads to any file of theirs. */
const FLAGS = constants.O_RDWR | constants.O_CREAT | constants.O_APPEND | (constants.O_NOFOLLOW ?? 0);

export class JudgementLog<T> {
  private readonly waiting: string[] = [];
  private last: Promise<SaveState> = Promise.resolve({ unsaved: 0 });

  /** @param format one line, with its line break. */
  constructor(
    readonly path: string,
    private readonly format: (judgement: T) => string,
  ) {}

  get unsaved(): number {
    return this.waiting.length;
  }

  /** Never rejects: what could not be written waits, and goes with the next one or with `save`. */
  add(judgement: T): Promise<SaveState> {
    this.waiting.push(this.format(judgement));
    return this.save();
  }

  /** Writes what waits, after what is being written. Never rejects. */
  save(): Promise<SaveState> {
    this.last = this.last.then(() => this.write());
    return this.last;
  }

  private async write(): Promise<SaveState> {
    const lines = this.waiting.slice();
    try {
      if (lines.length > 0) await appendLines(this.path, lines.join(''));
      this.waiting.splice(0, lines.length);
      return { unsaved: this.waiting.length };
    } catch (error) {
      return { unsaved: this.waiting.length, reason: explain(error) };
    }
  }
}

/** Opened anew each time: a file that was renamed, merged or deleted meanwhile is not written to behind its back. */
async function appendLines(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const handle = await open(file, FLAGS, 0o644);
  try {
    const { size } = await handle.stat();
    // A line that was cut by a full disk or left open by an editor must not swallow the next one.
    const isOpen = size > 0 && (await handle.read(Buffer.alloc(1), 0, 1, size - 1)).buffer[0] !== LINE_END;
    await handle.appendFile(isOpen ? `\n${text}` : text);
  } finally {
    await handle.close();
  }
}

function explain(error: unknown): string {
  const { code, path: file, message } = error as NodeJS.ErrnoException;
  return code === 'ELOOP' ? `${file} is a link to somewhere else, which is not written to` : message;
}
