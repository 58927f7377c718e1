/** The 8 wordings of each task, numbered as released. */

export interface Task1Variant {
  readonly index: number;
  /** `survey` asks for agreement with a definition, `portrait` for likeness to a person. */
  readonly wording: 'survey' | 'portrait';
  readonly order: 'values-first' | 'options-first';
  readonly requirement: 'chat' | 'completion';
}

export interface Task2Variant {
  readonly index: number;
  readonly wording: 0 | 1;
  /** Which action is Option 1. */
  readonly order: 'disagree-first' | 'agree-first';
  /** The action alone, or an explanation and then the action. */
  readonly requirement: 'action' | 'explanation';
}

export const ALL_VARIANTS: readonly number[] = [0, 1, 2, 3, 4, 5, 6, 7];

/** Both wordings of Task 1, both orders of Task 2. */
export const QUICK_VARIANTS: readonly number[] = [0, 2];

/** @throws {RangeError} unless `index` is a whole number from 0 to 7. */
export function task1Variant(index: number): Task1Variant {
  checkIndex(index);
  return {
    index,
    wording: index & 2 ? 'portrait' : 'survey',
    order: index & 1 ? 'options-first' : 'values-first',
    requirement: index & 4 ? 'completion' : 'chat',
  };
}

/** @throws {RangeError} unless `index` is a whole number from 0 to 7. */
export function task2Variant(index: number): Task2Variant {
  checkIndex(index);
  return {
    index,
    wording: index & 4 ? 1 : 0,
    order: index & 2 ? 'agree-first' : 'disagree-first',
    requirement: index & 1 ? 'explanation' : 'action',
  };
}

/**
 * Reads a choice of variants: `all`, `quick`, or numbers as in `0,2,5`. Ascending, each once.
 * @throws {RangeError} that says what can be written instead.
 */
export function parseVariants(text: string): number[] {
  const choice = text.trim().toLowerCase();
  if (choice === 'all') return [...ALL_VARIANTS];
  if (choice === 'quick') return [...QUICK_VARIANTS];
  const parts = choice.split(',').map((part) => part.trim());
  const wrong = parts.find((part) => !/^[0-7]$/.test(part));
  if (wrong !== undefined) {
    const shown = wrong === '' ? 'an empty entry' : `"${wrong.slice(0, 40)}"`;
    throw new RangeError(`Variants cannot be ${shown}. Write all, quick, or numbers from 0 to 7 as in 0,2,5.`);
  }
  return [...new Set(parts.map(Number))].sort((a, b) => a - b);
}

function checkIndex(index: number): void {
  if (!ALL_VARIANTS.includes(index)) throw new RangeError(`There is no prompt variant ${index}: they are 0 to 7.`);
}
