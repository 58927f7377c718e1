/** Which one model is asked: the ticked ones first, then everything that is offered. */
import * as vscode from 'vscode';
import { showInformation } from '../messages';
import type { BuiltInModel } from './builtInModel';
import type { ModelCatalog } from './modelCatalog';

export interface ChooseModelParts {
  readonly catalog: Pick<ModelCatalog, 'list'>;
  readonly ticks: { has(model: string): boolean };
  readonly builtIn: Pick<BuiltInModel, 'id' | 'isInstalled' | 'offerDownload'>;
}

/** A model's id; undefined where the user decides against it, or nothing is offered. */
export async function chooseModel(
  { catalog, ticks }: ChooseModelParts,
  words: { readonly title: string; readonly placeHolder: string },
): Promise<string | undefined> {
  const groups = await catalog.list();
  const rows = groups.flatMap(({ label: group, models }) =>
    models.map(({ id, label, detail }) => ({
      // A name from an endpoint draws no icon.
      label: label.replaceAll('$(', '$ ('),
      description: [group, ticks.has(id) && vscode.l10n.t('ticked')].filter(Boolean).join(' · '),
      ...(detail !== undefined && { detail }),
      id,
    })),
  );
  if (rows.length === 0) {
    void showInformation(vscode.l10n.t('There is no model to ask. Add an endpoint in the Models view.'));
    return undefined;
  }
  const ordered = [...rows.filter(({ id }) => ticks.has(id)), ...rows.filter(({ id }) => !ticks.has(id))];
  return (await vscode.window.showQuickPick(ordered, { ...words, matchOnDescription: true }))?.id;
}

/** Whether the model can be asked: the built-in one is downloaded first, if the user agrees. */
export async function isThere(model: string, { builtIn }: Pick<ChooseModelParts, 'builtIn'>): Promise<boolean> {
  return model !== builtIn.id || (await builtIn.isInstalled()) || builtIn.offerDownload();
}
