/** A scenario file that is open and changes, and what is known of it from one version to the next. */

import type { Problem, Scenario } from '../core/scenario/model';
import { isFlow } from '../core/scenario/pieces';
import { type DocumentCut, ReadingMemory, ScenarioText } from '../core/scenario/scenarioText';
import { orderProblems } from './diagnostics';
import type { OpenScenarioFile } from './model';
import { TextBuffer, type TextChange } from './textBuffer';

export class OpenDocument {
  readonly buffer: TextBuffer;
  private readonly memory = new ReadingMemory();
  private current: ReadableFile | undefined;

  constructor(
    readonly uri: string,
    /** As the editor counts; rises with each change. */
    public version: number,
    text: string,
  ) {
    this.buffer = new TextBuffer(text);
  }

  change(changes: readonly TextChange[], version: number): void {
    for (const change of changes) this.buffer.apply(change);
    this.version = version;
    this.current = undefined;
  }

  /** The text as it is now. */
  get file(): ReadableFile {
    this.current ??= new ReadableFile(this.buffer.text, this.memory);
    return this.current;
  }
}

/** One version; asking for everything reads it at once, `read` does so in steps. */
export class ReadableFile implements OpenScenarioFile {
  private readonly reading: ScenarioText;
  private ordered: readonly Problem[] | undefined;

  constructor(
    readonly text: string,
    memory?: ReadingMemory,
  ) {
    this.reading = new ScenarioText(text, memory);
  }

  get isJson(): boolean {
    return isFlow(this.text.slice(0, 10_000));
  }

  get scenarios(): readonly Scenario[] {
    return this.reading.scenarios;
  }

  get problems(): readonly Problem[] {
    this.ordered ??= orderProblems(this.reading.problems);
    return this.ordered;
  }

  scenarioAt(offset: number): Scenario | undefined {
    return this.reading.scenarioAt(offset);
  }

  cutAt(offset: number): DocumentCut | undefined {
    return this.reading.cutAt(offset);
  }

  /** Short steps, between which the caller may do something else, or give up. */
  read(): Generator<void> {
    return this.reading.read();
  }
}
