/** Which model predicts: the ticked ones first, then everything that is offered. */
import * as vscode from 'vscode';
import { showInformation } from '../messages';
import type { ModelCatalog } from '../models/modelCatalog';

/** A model's id; undefined where the user decides against it, or nothing is offered. */
export async function chooseObserver(
  catalog: Pick<ModelCatalog, 'list'>,
  ticks: { has(model: string): boolean },
  target: string,
): Promise<string | undefined> {
  const groups = await catalog.list();
  const rows = groups.flatMap(({ label: group, models }) =>
    models.map(({ id, label, detail }) => ({
      label,
      description: [group, ticks.has(id) && vscode.l10n.t('ticked')].filter(Boolean).join(' · '),
      ...(detail !== undefined && { detail }),
      id,
    })),
  );
  if (rows.length === 0) {
    void showInformation(vscode.l10n.t('There is no model that could predict. Add an endpoint in the Models view.'));
    return undefined;
  }
  const ordered = [...rows.filter(({ id }) => ticks.has(id)), ...rows.filter(({ id }) => !ticks.has(id))];
  const picked = await vscode.window.showQuickPick(ordered, {
    title: vscode.l10n.t('Predict Gaps'),
    placeHolder: vscode.l10n.t('Which model predicts what {0} states?', target),
    matchOnDescription: true,
  });
  return picked?.id;
}
