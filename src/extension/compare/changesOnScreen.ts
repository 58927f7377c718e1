/** What became of the items on screen against the baseline. */
import type * as vscode from 'vscode';
import { compareSides, type ItemChange } from '../../core/compare/itemChanges';
import type { Scenario } from '../../core/scenario/model';
import type { ModelItemResult } from '../runs/itemSummary';
import type { StoredRun } from '../runs/storedRun';

export interface ShownChange extends Pick<ItemChange, 'kind' | 'was' | 'now' | 'mayBeChance'> {
  /** Whose result it is; see `nameSubject`. */
  readonly model: string;
}

export interface ChangesParts {
  readonly baseline: { readonly run: StoredRun | undefined; readonly onDidChange: vscode.Event<void> };
  readonly results: {
    shownFor(file: vscode.Uri, scenario: Scenario, value: string): readonly ModelItemResult[];
  };
  readonly repeatsOf: (run: string) => number;
}

export class ChangesOnScreen {
  readonly onDidChange: vscode.Event<void>;

  constructor(private readonly parts: ChangesParts) {
    this.onDidChange = parts.baseline.onDidChange;
  }

  get isComparing(): boolean {
    return this.parts.baseline.run?.hasBeenRead ?? false;
  }

  /**
   * Undefined without a baseline that knows the item, or where nothing newer than the baseline is known. The result of
   * the baseline's own model is compared where there is one, else what matters most on that line.
   */
  changeOf(file: vscode.Uri, scenario: Scenario, value: string): ShownChange | undefined {
    const { run } = this.parts.baseline;
    const was = run?.resultOf(file.fsPath, scenario.name, value);
    if (!run || !was) return undefined;
    const shown = this.parts.results.shownFor(file, scenario, value).filter(({ stale }) => !stale);
    const found = shown.find(({ model }) => model === run.model) ?? shown[0];
    if (!found || found.run === run.path) return undefined;
    const kind = compareSides(was, found.result);
    const repeats = Math.min(run.header.repeats, this.parts.repeatsOf(found.run));
    return { kind, was, now: found.result, mayBeChance: repeats === 1 && kind !== 'same', model: found.model };
  }
}
