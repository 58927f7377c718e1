/** What somebody is asked before actions are generated: which model, and how much. Two steps, three where one is left. */
import * as vscode from 'vscode';
import { BEST_GENERATION_VARIANT } from '../../core/prompts/generation';
import { ALL_VARIANTS } from '../../core/prompts/variants';
import { shortenModelId } from '../../display/sentences';
import { showInformation } from '../messages';
import type { ModelCatalog } from '../models/modelCatalog';
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

/** A model's id, the ticked ones first; undefined where the user decides against it, or nothing is offered. */
export async function chooseGenerator(
  catalog: Pick<ModelCatalog, 'list'>,
  ticks: { has(model: string): boolean },
  place: string,
): Promise<string | undefined> {
  const groups = await catalog.list();
  const rows = groups.flatMap(({ label: group, models }) =>
    models.map(({ id, label, detail }) => ({
      label: label.replaceAll('$(', '$ ('),
      description: [group, ticks.has(id) && t('ticked')].filter(Boolean).join(' · '),
      ...(detail !== undefined && { detail }),
      id,
    })),
  );
  if (rows.length === 0) {
    void showInformation(t('There is no model to ask. Add an endpoint in the Models view.'));
    return undefined;
  }
  const ordered = [...rows.filter(({ id }) => ticks.has(id)), ...rows.filter(({ id }) => !ticks.has(id))];
  const picked = await vscode.window.showQuickPick(ordered, {
    title: t('Generate Actions (1 of 2)'),
    placeHolder: t('Which model writes actions for {0}?', place),
    matchOnDescription: true,
  });
  return picked?.id;
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
