/** What the inspector's page asks of the editor. */
import * as vscode from 'vscode';
import { revealItem, selectItemInView } from '../editor/revealItem';
import type { ScenarioFiles } from '../scenarios/scenarioFiles';
import type { Inspector } from './inspector';
import type { InspectorRequest } from './inspectorPanel';

export async function carryOutRequest(
  request: InspectorRequest,
  { inspector, scenarios }: { readonly inspector: Inspector; readonly scenarios: ScenarioFiles },
): Promise<void> {
  const { target } = inspector;
  switch (request.type) {
    case 'select':
      return inspector.select(request.model);
    case 'step': {
      await inspector.step(request.step);
      const next = inspector.target;
      if (next) await selectItemInView(scenarios, next);
      return;
    }
    case 'reveal':
      if (target) await revealItem(scenarios, target);
      return;
    case 'run':
      if (target) await vscode.commands.executeCommand('valueActionLens.run', target);
      return;
    case 'copy':
      await vscode.commands.executeCommand('valueActionLens.copyGapAsMarkdown');
      return;
    case 'openRun': {
      const run = await inspector.runOf(request.model);
      if (run !== undefined) await vscode.window.showTextDocument(vscode.Uri.file(run), { preview: true });
      return;
    }
  }
}
