/** What a quick fix is and what it reads. */
import type { Problem } from '../core/scenario/model';
import type { OpenScenarioFile, TextEdit } from './model';

export interface QuickFix {
  /** What it does, as a command. */
  readonly title: string;
  readonly problem: Problem;
  /** They do not overlap. Where a text is still to be written, one ends in an empty place for it. */
  readonly edits: readonly TextEdit[];
  /** Where the next word is to be written: an offset in the new text, in what the only edit inserts. */
  readonly cursor?: number;
  /** The one to take where several are offered. */
  readonly isPreferred: boolean;
  /** Cannot change what was meant, so it may be done without asking. */
  readonly isSafe: boolean;
}

export type FixSource = Pick<OpenScenarioFile, 'text' | 'scenarioAt' | 'cutAt'>;

/** What a value of somebody's own means, where another item says so. */
export type FindDefinition = (value: string) => string | undefined;
