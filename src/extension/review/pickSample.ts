/** Which sample: the one that was begun, or how many actions, with which seed. */
import * as vscode from 'vscode';
import type { ReviewCandidate } from '../../core/review/candidate';
import { prepareSample } from '../../core/review/sampling';
import type { ReviewSampleWish } from './reviewSpec';

const SIZES = [2, 5, 10, 20];
const FIRST_SEED = 1;
/** More cards than anybody rates; all of them are sent to the page. */
const MOST_ACTIONS = 4000;

type SampleSize = Omit<ReviewSampleWish, 'reviewer'>;

/** Undefined where the reader gave up. */
export async function pickSample(
  candidates: readonly ReviewCandidate[],
  known: ReviewSampleWish | undefined,
  askName: () => Promise<string | undefined>,
): Promise<ReviewSampleWish | undefined> {
  if (known) {
    const count = prepareSample(candidates, known.seed).count(known.perStratum);
    const go = { label: vscode.l10n.t('Continue as {0}', known.reviewer), description: sayCount(count, known.seed) };
    const anew = { label: vscode.l10n.t('Another Reviewer or Sample…') };
    const picked = await vscode.window.showQuickPick([go, anew], {
      placeHolder: vscode.l10n.t('What was rated is kept either way.'),
    });
    if (!picked) return undefined;
    if (picked === go) return known;
  }
  const reviewer = await askName();
  if (!reviewer) return undefined;
  const size = await pickSize(candidates);
  return size && { reviewer, ...size };
}

async function pickSize(candidates: readonly ReviewCandidate[]): Promise<SampleSize | undefined> {
  const { count: countOf, largest } = prepareSample(candidates, FIRST_SEED);
  const whole = countOf(largest);
  const sizes = SIZES.map((perStratum) => ({ perStratum, count: countOf(perStratum) }));
  const rows = [
    ...sizes
      .filter(({ count }) => count < whole && count <= MOST_ACTIONS)
      .map(({ perStratum, count }) => ({
        label: vscode.l10n.t('{0} of each country and polarity', perStratum),
        description: sayCount(count, FIRST_SEED),
        size: { perStratum, seed: FIRST_SEED },
      })),
    ...(whole <= MOST_ACTIONS
      ? [
          {
            label: vscode.l10n.t('All actions'),
            description: sayCount(whole, FIRST_SEED),
            size: { perStratum: largest, seed: FIRST_SEED },
          },
        ]
      : []),
    { label: vscode.l10n.t('Another Number or Seed…'), size: undefined },
  ];
  const picked = await vscode.window.showQuickPick(rows, {
    title: vscode.l10n.t('How many actions'),
    placeHolder: vscode.l10n.t('Reviewers with the same number and seed see the same actions.'),
  });
  if (!picked) return undefined;
  return picked.size ?? typeSize(candidates);
}

async function typeSize(candidates: readonly ReviewCandidate[]): Promise<SampleSize | undefined> {
  // How many there are of each size does not depend on the seed, as long as all items have as many versions.
  const { count: countOf } = prepareSample(candidates, FIRST_SEED);
  const typed = await vscode.window.showInputBox({
    title: vscode.l10n.t('How many of each country and polarity, then the seed'),
    prompt: vscode.l10n.t('For example “5 1”: five of each, drawn with seed 1.'),
    value: `5 ${FIRST_SEED}`,
    validateInput: (text) => {
      const size = readSize(text);
      if (!size) return vscode.l10n.t('Two whole numbers, please: how many (1 or more), and the seed (0 or more).');
      const count = countOf(size.perStratum);
      return count > MOST_ACTIONS
        ? vscode.l10n.t('That is {0} actions; {1} are the most.', count, MOST_ACTIONS)
        : undefined;
    },
  });
  return typed === undefined ? undefined : readSize(typed);
}

export function readSize(text: string): SampleSize | undefined {
  const match = /^\s*(\d{1,5})(?:[\s,;]+(\d{1,9}))?\s*$/.exec(text);
  const perStratum = Number(match?.[1] ?? 0);
  return match && perStratum > 0 ? { perStratum, seed: Number(match[2] ?? FIRST_SEED) } : undefined;
}

function sayCount(count: number, seed: number): string {
  return count === 1 ? vscode.l10n.t('1 action, seed {0}', seed) : vscode.l10n.t('{0} actions, seed {1}', count, seed);
}
