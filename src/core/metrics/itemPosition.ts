/** How far one item's Task 2 answers hang on which action stands first: position bias, answer by answer. */
import { task2Variant } from '../prompts/variants';
import type { ActedAnswer } from '../runs/record';
import type { VariantAnswer } from './results';

export interface ItemPosition {
  /** Order pairs: same wording, requirement and repeat, both answered. */
  readonly pairs: number;
  /** Pairs whose choices differ. */
  readonly flips: number;
  /** Usable answers. */
  readonly answers: number;
  /** Usable answers that picked Option 1, whichever action stood there. */
  readonly firstOption: number;
  /** Whether this answer's choice changed when the two actions swapped places. */
  isFlipped(answer: Pick<VariantAnswer<ActedAnswer>, 'variant' | 'repeat'>): boolean;
}

/** The bit of a variant's number that holds the order. */
const ORDER_BIT = 2;

export function measureItemPosition(answers: readonly VariantAnswer<ActedAnswer>[]): ItemPosition {
  const usable = answers.filter(({ answer }) => answer === 'agree' || answer === 'disagree');
  const choices = new Map(usable.map((one) => [nameSlot(one), one.answer]));
  const flipped = new Set<string>();
  let pairs = 0;
  for (const { variant, repeat, answer } of usable) {
    if (variant & ORDER_BIT) continue;
    const swapped = { variant: variant | ORDER_BIT, repeat };
    const other = choices.get(nameSlot(swapped));
    if (other === undefined) continue;
    pairs++;
    if (other === answer) continue;
    flipped.add(nameSlot({ variant, repeat }));
    flipped.add(nameSlot(swapped));
  }
  return {
    pairs,
    flips: flipped.size / 2,
    answers: usable.length,
    firstOption: usable.filter((one) => picksOption(one) === 1).length,
    isFlipped: (one) => flipped.has(nameSlot(one)),
  };
}

/** Which option the answer stands for in the order its variant showed; undefined for an answer that picks none. */
export function picksOption({
  variant,
  answer,
}: Pick<VariantAnswer<ActedAnswer>, 'variant' | 'answer'>): 1 | 2 | undefined {
  if (answer !== 'agree' && answer !== 'disagree') return undefined;
  return (task2Variant(variant).order === 'agree-first') === (answer === 'agree') ? 1 : 2;
}

function nameSlot({ variant, repeat }: { readonly variant: number; readonly repeat: number }): string {
  return `${repeat}/${variant}`;
}
