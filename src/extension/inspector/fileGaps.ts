/** The gaps of one scenario file in the order of its text. */
import type * as vscode from 'vscode';
import type { TextRange } from '../../core/scenario/model';
import type { ItemSummary } from '../runs/itemSummary';
import type { ResultsOnScreen } from '../runs/resultsOnScreen';
import type { ScenarioFiles } from '../scenarios/scenarioFiles';

export interface FileGap {
  /** Absolute path. */
  readonly file: string;
  readonly scenario: string;
  readonly value: string;
  /** The model with the largest gap. */
  readonly model: string;
  readonly summary: ItemSummary;
  /** Where the value's name stands. */
  readonly range: TextRange;
}

export async function findGapsInFile(
  file: vscode.Uri,
  { scenarios, results }: { readonly scenarios: ScenarioFiles; readonly results: ResultsOnScreen },
): Promise<readonly FileGap[]> {
  const parsed = await scenarios.parse(file);
  return (parsed?.scenarios ?? [])
    .flatMap((scenario) =>
      scenario.items.flatMap((item): FileGap[] => {
        const summary = results.summaryFor(file, scenario, item.value);
        if (summary?.mark !== 'gap') return [];
        const { model } = summary.lead;
        return [
          { file: file.fsPath, scenario: scenario.name, value: item.value, model, summary, range: item.valueRange },
        ];
      }),
    )
    .sort((a, b) => a.range.start - b.range.start);
}
