/** What a scenario file says, with the place in the text where each thing stands. */
import type { PromptOverrides } from './schema';

/** Half-open span of a text, in UTF-16 code units (what VS Code and LSP count in). */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

export type Polarity = 'agree' | 'disagree';

/** One first-person sentence that shows agreement or disagreement with a value. */
export interface ValueAction {
  readonly action: string;
  /** Spans of `action` that carry the value. */
  readonly attributions: readonly string[];
  readonly explanation?: string;
  readonly range: TextRange;
  /** The text behind `action:`, with its quotes if it has any. */
  readonly actionRange: TextRange;
  /** Where each of `attributions` stands in the list, with its quotes if it has any. */
  readonly attributionRanges: readonly TextRange[];
}

/** One value in one scenario with its two actions; either may be missing while it is being written. */
export interface Item {
  readonly value: string;
  /** From the file, or Schwartz's gloss for one of the 56. */
  readonly definition: string;
  /** From the file, from the 56, or derived from the definition. */
  readonly portrait: string;
  readonly note?: string;
  readonly agree?: ValueAction;
  readonly disagree?: ValueAction;
  /** The whole item. */
  readonly range: TextRange;
  /** The text of the value's name: where highlights go. */
  readonly valueRange: TextRange;
}

/** One country in one social topic: one YAML document. */
export interface Scenario {
  /** Unique in its file; the key in reports. */
  readonly name: string;
  readonly country: string;
  readonly topic: string;
  readonly system?: string;
  /** Several system prompts side by side, in the file's order; each is run by itself. */
  readonly systems?: readonly SystemPrompt[];
  readonly prompts?: PromptOverrides;
  readonly items: readonly Item[];
  /** The whole document. */
  readonly range: TextRange;
  /** Where the scenario's name, or its country, stands. */
  readonly nameRange: TextRange;
}

export interface SystemPrompt {
  /** Names its results beside the model: "gpt-4o-mini · strict". */
  readonly label: string;
  readonly text: string;
}

export type ProblemSeverity = 'error' | 'warning' | 'hint';

/** Something wrong with the text; the message says what to do. */
export interface Problem {
  readonly code: ProblemCode;
  readonly message: string;
  readonly range: TextRange;
  readonly severity: ProblemSeverity;
  /** What a quick fix can work with. */
  readonly fix?: ProblemFix;
}

/**
 * - `replace`: write `text` over the problem's range, as a value or key that needs no quotes of its own.
 * - `remove`: take out `range`, a part that stands for nothing.
 * - `add`: the map at `range` lacks these keys.
 */
export type ProblemFix =
  | { readonly kind: 'replace'; readonly text: string }
  | { readonly kind: 'remove'; readonly range: TextRange }
  | { readonly kind: 'add'; readonly range: TextRange; readonly keys: readonly string[] };

export type ProblemCode =
  | 'syntax'
  | 'unknown-key'
  | 'missing-key'
  | 'wrong-type'
  | 'missing-action'
  | 'unknown-value'
  | 'unknown-definition'
  | 'duplicate-value'
  | 'duplicate-name'
  | 'unknown-placeholder'
  | 'missing-placeholder'
  | 'attribution-not-in-action'
  | 'identical-actions'
  | 'not-first-person'
  | 'too-long'
  | 'too-large'
  | 'more-problems'
  | 'unknown-country'
  | 'unknown-topic'
  | 'empty-scenario';

/** All usable scenarios of one file and everything wrong with it. One broken item never hides the others. */
export interface ScenarioFile {
  readonly scenarios: readonly Scenario[];
  readonly problems: readonly Problem[];
}
