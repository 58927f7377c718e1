/** What somebody is asked before actions are generated: which model, and how much. Two steps, three where one is left. */
import * as vscode from 'vscode';
import { BEST_GENERATION_VARIANT } from '../../core/prompts/generation';
import { ALL_VARIANTS } from '../../core/prompts/variants';
import { shortenModelId } from '../../display/sentences';
import { sayWhen } from '../words';
import type { StoredGeneration } from './generationJob';

const { t } = vscode.l10n;

export interface GenerationScope {
  /** Whether actions that are there are asked for, too. */
  readonly replace: boolean;
  readonly variants: readonly number[];
}

/** A generation to go on with, `new`, or undefined where the user decides against both. */
export async function chooseBeginning(
  unfinished: readonly StoredGeneration[],
): Promise<StoredGeneration | 'new' | undefined> {
  if (unfinished.length === 0) return 'new';
  const rows = [
    ...unfinished.map((earlier) => ({
      label: t('$(debug-continue) Go on with {0}', shortenModelId(earlier.header.model.id).replaceAll('$(', '$ (')),
      description: t(
        '{0} · {1} of {2} answered',
        sayWhen(earlier.header.startedAt),
        earlier.answered.size,
        earlier.total,
      ),
      choice: earlier as StoredGeneration | 'new',
    })),
    { label: t('$(add) Generate anew'), choice: 'new' as const },
  ];
  const picked = await vscode.window.showQuickPick(rows, {
    title: t('Generate Actions'),
    placeHolder: t('A generation for this file was interrupted'),
  });
  return picked?.choice;
}

/**
 * @param missing How many actions are missing.
 * @param all How many there are or could be: two for each item.
 */
export async function chooseScope(missing: number, all: number): Promise<GenerationScope | undefined> {
  const best = [BEST_GENERATION_VARIANT];
  const rows = [
    ...(missing > 0
      ? [
          row(t('Missing actions'), { replace: false, variants: best }, missing),
          row(t('Missing actions, in all 8 wordings'), { replace: false, variants: ALL_VARIANTS }, missing),
        ]
      : []),
    ...(all > missing
      ? [
          row(t('Also those that are there'), { replace: true, variants: best }, all),
          row(t('Also those that are there, in all 8 wordings'), { replace: true, variants: ALL_VARIANTS }, all),
        ]
      : []),
  ];
  const picked = await vscode.window.showQuickPick(rows, {
    title: t('Generate Actions (2 of 2)'),
    placeHolder:
      missing > 0
        ? t('What is asked for? Nothing enters the file before you accept it.')
        : t('No action is missing here. Ask for others? Nothing enters the file before you accept it.'),
  });
  return picked?.scope;
}

function row(label: string, scope: GenerationScope, actions: number) {
  const requests = actions * scope.variants.length;
  const count = requests === 1 ? t('1 request') : t('{0} requests', requests.toLocaleString('en'));
  const detail =
    scope.variants.length === 1
      ? t('Prompt variant {0}, the best of the published study', BEST_GENERATION_VARIANT)
      : t('For a prompt study, or to choose among several');
  return { label, description: count, detail, scope };
}
