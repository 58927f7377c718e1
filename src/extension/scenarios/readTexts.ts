/** What scenario files say. Of a text that changes, only what changed is read again. */
import type { Scenario } from '../../core/scenario/model';
import type { ReadingMemory } from '../../core/scenario/scenarioText';
import { runInSlices } from '../../language/slices';

/** One version of a text that was read to its end. */
export interface ReadText {
  readonly text: string;
  /** All usable scenarios, top to bottom. */
  readonly scenarios: readonly Scenario[];
}

interface KeptText {
  readonly version: string;
  readonly read: ReadText;
}

/** In UTF-16 units; a text up to here is read in some 30 ms. */
const SHORT = 200_000;

/** The reader of scenarios. With the YAML library it weighs more than all that shows them, and is loaded with the first text. */
type Reader = typeof import('../../core/scenario/scenarioText');

export class ReadTexts {
  private reader: Reader | undefined;
  private readonly kept = new Map<string, KeptText>();
  private readonly memories = new Map<string, ReadingMemory>();
  private readonly reading = new Map<string, { readonly version: string; readonly done: Promise<boolean> }>();

  /**
   * What is known of a version, also where another version said the same.
   *
   * @param key names the file
   * @param text asked for only where the version is not known
   */
  find(key: string, version: string, text: () => string): ReadText | undefined {
    const kept = this.kept.get(key);
    if (!kept || kept.version === version) return kept?.read;
    if (kept.read.text !== text()) return undefined;
    this.kept.set(key, { ...kept, version });
    return kept.read;
  }

  /** The version read last, whichever that was. */
  last(key: string): ReadText | undefined {
    return this.kept.get(key)?.read;
  }

  versionOf(key: string): string | undefined {
    return this.kept.get(key)?.version;
  }

  /** Files that something is known of. */
  keys(): string[] {
    return [...this.kept.keys()];
  }

  /**
   * Reads at once: milliseconds for a version of a text that was read before.
   * @throws Error before anything was read in slices
   */
  read(key: string, version: string, text: string): ReadText {
    if (!this.reader) throw new Error('The reader is loaded with the first text that is read in slices.');
    return this.readWith(this.reader, key, version, text);
  }

  /** Whether `read` can be called, and is done before somebody notices. */
  isQuick(key: string, text: string): boolean {
    return this.reader !== undefined && (text.length <= SHORT || (this.memories.get(key)?.documents.size ?? 0) > 0);
  }

  /**
   * Reads a text for the first time, in slices, so that others are not kept waiting.
   *
   * @param isWanted asked between slices, whether this is still the text
   * @returns false where it was given up; what was read until then is not read again
   */
  readInSlices(key: string, version: string, text: string, isWanted: () => boolean): Promise<boolean> {
    const underWay = this.reading.get(key);
    if (underWay?.version === version) return underWay.done;
    const done = this.carryOut(key, version, text, isWanted).finally(() => {
      if (this.isReading(key, version)) this.reading.delete(key);
    });
    this.reading.set(key, { version, done });
    return done;
  }

  isReading(key: string, version: string): boolean {
    return this.reading.get(key)?.version === version;
  }

  /** What was read stays, and counts as old. */
  outdate(key: string): void {
    const kept = this.kept.get(key);
    if (kept) this.kept.set(key, { ...kept, version: '' });
  }

  forget(key: string): void {
    this.kept.delete(key);
    this.memories.delete(key);
  }

  /** Nobody types into the file any more, so its parts need not be known by their text. */
  rest(key: string): void {
    this.memories.delete(key);
  }

  private async carryOut(key: string, version: string, text: string, isWanted: () => boolean): Promise<boolean> {
    this.reader ??= await import('../../core/scenario/scenarioText');
    const { reader } = this;
    const steps = new reader.ScenarioText(text, this.memoryOf(reader, key)).read();
    if (!(await runInSlices(steps, isWanted))) return false;
    this.readWith(reader, key, version, text);
    return true;
  }

  private readWith(reader: Reader, key: string, version: string, text: string): ReadText {
    const { scenarios } = new reader.ScenarioText(text, this.memoryOf(reader, key));
    const read = { text, scenarios };
    this.kept.set(key, { version, read });
    return read;
  }

  private memoryOf(reader: Reader, key: string): ReadingMemory {
    let memory = this.memories.get(key);
    if (!memory) {
      memory = new reader.ReadingMemory();
      this.memories.set(key, memory);
    }
    return memory;
  }
}
