/**
 * Answers that models gave before, on disk, by everything that determines them. A shelf is one append-only file with
 * what one model said about one scenario, so that a run opens few files and a study never holds more than a few shelves
 * in memory. Several processes may append at once: each writes whole lines in one go, and a line that is broken all the
 * same (a full disk, a killed process) is a miss, never a wrong answer. Holds answers and hashes; no prompt, no key.
 */
import { createHash } from 'node:crypto';
import { appendFile, mkdir, readFile, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { Usage } from '../core/runs/record';
import type { AnswerPlace } from './answerPlace';
import { trimShelves } from './shelves';

export interface KnownAnswer {
  /** As received. */
  readonly text: string;
  readonly usage?: Usage;
}

export interface AnswerCache {
  /** Undefined where nothing (or nothing whole) is known; never throws. */
  find(place: AnswerPlace): Promise<KnownAnswer | undefined>;
  /** Replaces what was known. Written a moment later; never throws. */
  remember(place: AnswerPlace, answer: KnownAnswer): void;
  /** Writes what was remembered, and makes room. */
  close(): Promise<void>;
}

export interface FileAnswerCacheOptions {
  /** Beyond this the shelves that were not used for the longest time go. */
  readonly maxBytes?: number;
  /** False: nothing is found, so that everything is asked anew; what is answered is remembered. */
  readonly finds?: boolean;
  /** Told once where answers cannot be kept. */
  readonly onProblem?: (message: string) => void;
}

const DEFAULT_MAX_BYTES = 500_000_000;
/** A scenario's shelf is needed for some time and then never again in a run. */
const SHELVES_IN_MEMORY = 8;
/** What is lost at most when the process is killed; the run file has it all the same. */
const WRITE_EVERY_MS = 1000;
const WRITE_AT_CHARACTERS = 1 << 20;
const TRIM_AFTER_CHARACTERS = 1 << 25;

/** Lines by key; the last one of a key counts. */
type Shelf = Map<string, string>;

export class FileAnswerCache implements AnswerCache {
  private readonly shelves = new Map<string, Promise<Shelf>>();
  private unwritten = new Map<string, string>();
  private unwrittenSize = 0;
  private writtenSize = 0;
  private writing: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;
  private isBroken = false;

  constructor(
    private readonly folder: string,
    private readonly options: FileAnswerCacheOptions = {},
  ) {}

  async find({ shelf, key }: AnswerPlace): Promise<KnownAnswer | undefined> {
    if (this.options.finds === false) return undefined;
    const line = (await this.open(shelf)).get(key);
    return line === undefined ? undefined : readLine(line, key);
  }

  remember({ shelf, key }: AnswerPlace, answer: KnownAnswer): void {
    if (this.isBroken) return;
    const line = formatLine(key, answer);
    // A line of its own even behind one that was cut.
    this.unwritten.set(shelf, `${this.unwritten.get(shelf) ?? '\n'}${line}\n`);
    this.unwrittenSize += line.length;
    if (this.options.finds !== false) void this.shelves.get(shelf)?.then((known) => known.set(key, line));
    if (this.unwrittenSize >= WRITE_AT_CHARACTERS) this.write();
    else this.timer ??= setTimeout(() => this.write(), WRITE_EVERY_MS).unref();
  }

  async close(): Promise<void> {
    this.write();
    await this.writing;
    if (this.writtenSize > 0) await this.trim();
    this.shelves.clear();
  }

  private open(name: string): Promise<Shelf> {
    const known = this.shelves.get(name) ?? this.load(name);
    // Set again, so that the one used last stands last.
    this.shelves.delete(name);
    this.shelves.set(name, known);
    const [oldest] = this.shelves.keys();
    if (this.shelves.size > SHELVES_IN_MEMORY && oldest !== undefined) this.shelves.delete(oldest);
    return known;
  }

  private async load(name: string): Promise<Shelf> {
    const shelf: Shelf = new Map();
    const path = this.pathOf(name);
    const text = await readFile(path, 'utf8').catch(() => '');
    for (const line of text.split('\n')) if (line.startsWith(LINE_START)) shelf.set(keyOf(line), line);
    const unwritten = this.unwritten.get(name);
    for (const line of unwritten?.split('\n') ?? []) if (line.startsWith(LINE_START)) shelf.set(keyOf(line), line);
    // Least recently used is told by the time of the file.
    const now = new Date();
    if (text !== '') await utimes(path, now, now).catch(() => undefined);
    return shelf;
  }

  private pathOf(shelf: string): string {
    return join(this.folder, `${shelf}.jsonl`);
  }

  private write(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.unwritten.size === 0) return;
    const texts = this.unwritten;
    this.unwritten = new Map();
    this.unwrittenSize = 0;
    this.writing = this.writing.then(() => this.append(texts));
  }

  private async append(texts: ReadonlyMap<string, string>): Promise<void> {
    try {
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
      for (const [shelf, text] of texts) {
        await appendFile(this.pathOf(shelf), text, { mode: 0o600 });
        this.writtenSize += text.length;
      }
    } catch (error) {
      // A run must not fail for what only saves the next one time.
      if (!this.isBroken) this.options.onProblem?.(describeProblem(this.folder, error));
      this.isBroken = true;
    }
    if (this.writtenSize >= TRIM_AFTER_CHARACTERS) await this.trim();
  }

  private async trim(): Promise<void> {
    this.writtenSize = 0;
    await trimShelves(this.folder, this.options.maxBytes ?? DEFAULT_MAX_BYTES).catch(() => undefined);
  }
}

const LINE_START = '{"key":"';
const KEY_LENGTH = 32;

function keyOf(line: string): string {
  return line.slice(LINE_START.length, LINE_START.length + KEY_LENGTH);
}

function formatLine(key: string, { text, usage }: KnownAnswer): string {
  const answer = usage ? [text, usage.input, usage.output] : [text];
  return JSON.stringify({ key, sum: checksum(key, answer), answer });
}

function readLine(line: string, key: string): KnownAnswer | undefined {
  try {
    const read = JSON.parse(line) as { key?: unknown; sum?: unknown; answer?: unknown };
    const { answer } = read;
    if (read.key !== key || !Array.isArray(answer) || read.sum !== checksum(key, answer)) return undefined;
    const [text, input, output] = answer as [string, number?, number?];
    return { text, ...(input !== undefined && output !== undefined && { usage: { input, output } }) };
  } catch {
    return undefined;
  }
}

/** Against disks and editors, not against attackers: whoever can write the file can write its sum. */
function checksum(key: string, answer: readonly unknown[]): string {
  return createHash('sha256').update(key).update(JSON.stringify(answer)).digest('hex').slice(0, 12);
}

function describeProblem(folder: string, error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  return `Answers cannot be kept for the next run in ${folder}: ${said}. This run goes on.`;
}
