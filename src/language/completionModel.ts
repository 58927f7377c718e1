/** What completion proposes, and what it reads. */
import type { OpenScenarioFile, TextEdit } from './model';

export interface Completion {
  readonly label: string;
  readonly kind: 'key' | 'value' | 'country' | 'topic' | 'placeholder' | 'snippet';
  /** One line beside the label, as the motivational type of a value. */
  readonly detail?: string;
  /** Plain text, shown on demand. */
  readonly documentation?: string;
  /**
   * One line is replaced at most. Further lines of `text` are indented from column 0, so an editor must not indent
   * them again.
   */
  readonly edit: TextEdit;
  /** Whether `edit.text` holds tab stops ($1) as LSP's snippets do. */
  readonly isSnippet: boolean;
  /** What an editor compares with the replaced text. */
  readonly filterText: string;
  /** Sorts as the list is ordered. */
  readonly sortText: string;
}

export type CompletionSource = Pick<OpenScenarioFile, 'text' | 'scenarioAt' | 'cutAt'>;

/** A completion before its place in the list is known. */
export type Proposal = Omit<Completion, 'sortText' | 'filterText'> & { readonly filterText?: string };
