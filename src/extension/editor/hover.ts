/** Everything known about one item, model by model, when the pointer rests on it. */
import * as vscode from 'vscode';
import type { Item } from '../../core/scenario/model';
import type { ChangesOnScreen } from '../compare/changesOnScreen';
import { renderInspectLink } from '../inspector/readTarget';
import type { PredictionsOnScreen } from '../prediction/predictionsOnScreen';
import { sayPredictionInHover } from '../prediction/predictionWords';
import type { ResultsOnScreen } from '../runs/resultsOnScreen';
import type { ScenarioFiles } from '../scenarios/scenarioFiles';
import { sayChange } from '../words';
import { renderHover } from './hoverText';
import { escapeMarkdown } from './markdownText';
import { rangeOf } from './ranges';

export class ItemHover implements vscode.HoverProvider {
  constructor(
    private readonly scenarios: ScenarioFiles,
    private readonly results: ResultsOnScreen,
    private readonly changes: ChangesOnScreen,
    private readonly predictions: Pick<PredictionsOnScreen, 'listFor'>,
  ) {}

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    for (const scenario of this.scenarios.look(document)?.scenarios ?? []) {
      const item = findItemAt(document, scenario.items, position);
      if (!item) continue;
      const results = this.results.resultsFor(document.uri, scenario, item.value);
      const predictions = this.predictions.listFor(document.uri, scenario, item.value);
      if (results.length + predictions.length === 0) return undefined;
      // Model text is in here: nothing in it may run a command or be taken for markup.
      const text = new vscode.MarkdownString(renderHover(item, results, vscode.l10n.t));
      text.isTrusted = false;
      text.supportHtml = false;
      const change = this.changes.changeOf(document.uri, scenario, item.value);
      if (change) text.appendMarkdown('\n\n').appendText(sayChange(change));
      for (const prediction of predictions) {
        const measured = results.find(({ model }) => model === prediction.from.target);
        const lines = sayPredictionInHover(prediction, measured, vscode.l10n.t);
        text.appendMarkdown(`\n\n---\n\n${lines.map(escapeMarkdown).join('\n\n')}`);
      }
      if (results.length === 0) return new vscode.Hover(text, rangeOf(document, item.valueRange));
      const link = renderInspectLink({ file: document.uri, scenario: scenario.name, value: item.value });
      return new vscode.Hover([text, link], rangeOf(document, item.valueRange));
    }
    return undefined;
  }
}

/** On the value's line, its end included: that is where the result is written. */
function findItemAt(
  document: vscode.TextDocument,
  items: readonly Item[],
  position: vscode.Position,
): Item | undefined {
  const offset = document.offsetAt(position);
  const onLine = items.filter(({ valueRange }) => document.positionAt(valueRange.end).line === position.line);
  return onLine.find(({ range }) => range.start <= offset && offset <= range.end) ?? onLine.at(-1);
}
