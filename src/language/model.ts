/** What the language features work on: one open scenario file, and the other files around it. */
import type { Problem, Scenario, TextRange } from '../core/scenario/model';
import type { DocumentCut } from '../core/scenario/scenarioText';

/**
 * One version of the text of a scenario file, read as far as somebody asked. All positions are offsets into `text`, in
 * UTF-16 units. Never changes; nothing here throws, however broken the text is.
 */
export interface OpenScenarioFile {
  readonly text: string;
  /** Whether the text is JSON, or YAML that looks like it. */
  readonly isJson: boolean;
  /** All usable scenarios, top to bottom. Reads the whole file: slow on a long one that was just opened. */
  readonly scenarios: readonly Scenario[];
  /** Everything wrong, errors first. Reads the whole file, as `scenarios` does. */
  readonly problems: readonly Problem[];
  /** The scenario of the document around an offset, reading no more than that document; undefined where it is not usable. */
  scenarioAt(offset: number): Scenario | undefined;
  /** The document around an offset, where the file knows it; without it the features look for it themselves. */
  cutAt?(offset: number): DocumentCut | undefined;
}

/** What a place in a text is told by. */
export type PlaceSource = Pick<OpenScenarioFile, 'text' | 'cutAt'>;

/** A file and where it is. */
export interface LocatedFile {
  readonly uri: string;
  readonly file: OpenScenarioFile;
}

/** The scenario files of the workspace, those open in the editor in their unsaved state. */
export interface ScenarioWorkspace {
  list(): Promise<readonly LocatedFile[]>;
}

/** Replace `range` by `text`; edits of one list do not overlap and all count in the same, old text. */
export interface TextEdit {
  readonly range: TextRange;
  readonly text: string;
}
