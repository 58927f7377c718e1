/** A run knows its actions by their text; which words of them carry the value stands in the scenario file. */
import * as vscode from 'vscode';
import type { StoredRun } from '../runs/storedRun';
import { resolveInside } from '../scenarios/insidePath';
import type { ScenarioFiles } from '../scenarios/scenarioFiles';
import type { AttributionsOf } from './gapsOfRun';

/** An action whose text has changed since the run has no attributions: those of the new text would not fit. */
export async function readAttributions(
  run: Pick<StoredRun, 'files' | 'root'>,
  scenarios: ScenarioFiles,
): Promise<AttributionsOf> {
  const parsed = new Map(
    await Promise.all(
      [...run.files].map(async (file) => [file, await scenarios.parse(vscode.Uri.file(file))] as const),
    ),
  );
  return ({ file, name }, value, action) => {
    const found = parsed.get(resolveInside(run.root, file) ?? '');
    const item = found?.scenarios.find((scenario) => scenario.name === name)?.items.find((one) => one.value === value);
    return [item?.agree, item?.disagree].find((one) => one?.action === action)?.attributions;
  };
}
