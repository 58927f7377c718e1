/** Likely gaps at the end of the lines of items that have no result: dashed and italic, since nobody was asked. */
import * as vscode from 'vscode';
import type { LikelyGap } from '../../core/prediction/likelyGap';
import { rangeOf, visibleOnly } from '../editor/ranges';
import type { ResultsOnScreen } from '../runs/resultsOnScreen';
import { isScenario, type ScenarioFiles } from '../scenarios/scenarioFiles';
import { throttle } from '../throttle';
import type { PredictionsOnScreen } from './predictionsOnScreen';
import { sayPredictionAtEndOfLine } from './predictionWords';

type Style = 'gap' | 'gapReverse' | 'aligned';

const LOOKS: Readonly<Record<Style, { readonly gutter: string; readonly color: string }>> = {
  gap: { gutter: 'prediction', color: 'valueActionLens.predictionForeground' },
  gapReverse: { gutter: 'prediction-reverse', color: 'valueActionLens.predictionForeground' },
  aligned: { gutter: 'prediction-aligned', color: 'valueActionLens.alignedForeground' },
};

const FOLLOW_MS = 250;

export interface PredictionHighlightParts {
  readonly extensionUri: vscode.Uri;
  readonly scenarios: ScenarioFiles;
  readonly results: ResultsOnScreen;
  readonly predictions: PredictionsOnScreen;
}

export class PredictionHighlights implements vscode.Disposable {
  private readonly styles: ReadonlyMap<Style, vscode.TextEditorDecorationType>;
  private readonly refresh = throttle(() => this.showAll(), FOLLOW_MS);
  private inSight: ReadonlySet<vscode.TextEditor> = new Set(vscode.window.visibleTextEditors);
  private readonly subscriptions: vscode.Disposable[];

  constructor(private readonly parts: PredictionHighlightParts) {
    this.styles = new Map(
      (Object.keys(LOOKS) as Style[]).map((style) => [style, createStyle(parts.extensionUri, style)]),
    );
    const request = () => this.refresh.request();
    this.subscriptions = [
      ...this.styles.values(),
      this.refresh,
      parts.predictions.onDidChange(request),
      parts.results.onDidChange(request),
      vscode.window.onDidChangeVisibleTextEditors((editors) => this.follow(editors)),
      vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => this.show(textEditor)),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('valueActionLens.highlights')) request();
      }),
    ];
    request();
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private showAll(): void {
    for (const editor of vscode.window.visibleTextEditors) this.show(editor);
  }

  /** At once: somebody looks at what came in sight. */
  private follow(editors: readonly vscode.TextEditor[]): void {
    for (const editor of editors) if (!this.inSight.has(editor)) this.show(editor);
    this.inSight = new Set(editors);
  }

  private show(editor: vscode.TextEditor): void {
    const { document } = editor;
    if (!isScenario(document)) return;
    const { scenarios, results, predictions } = this.parts;
    const isVisible = visibleOnly(editor);
    const showAligned = vscode.workspace
      .getConfiguration('valueActionLens', document)
      .get<boolean>('highlights.showAligned', true);
    const options = new Map<Style, vscode.DecorationOptions[]>([...this.styles.keys()].map((style) => [style, []]));
    for (const scenario of scenarios.look(document)?.scenarios ?? []) {
      for (const item of scenario.items) {
        const range = rangeOf(document, item.valueRange);
        // What was measured says more; the hover shows both.
        if (!isVisible(range) || results.summaryFor(document.uri, scenario, item.value)) continue;
        const shown = predictions
          .listFor(document.uri, scenario, item.value)
          .find(({ gap, isStale }) => !isStale && gap.status !== 'open');
        const style = shown && pickStyle(shown.gap);
        if (!shown || !style || (style === 'aligned' && !showAligned)) continue;
        const end = document.lineAt(range.end.line).range.end;
        const text = sayPredictionAtEndOfLine(shown, vscode.l10n.t);
        // The editor would make one space of two.
        const contentText = text.replaceAll('  ', ' \u00a0');
        options.get(style)?.push({ range: new vscode.Range(end, end), renderOptions: { after: { contentText } } });
      }
    }
    for (const [style, type] of this.styles) editor.setDecorations(type, options.get(style) ?? []);
  }
}

function pickStyle({ status, direction }: LikelyGap): Style | undefined {
  if (status !== 'gap') return status === 'aligned' ? 'aligned' : undefined;
  return direction === 'stated-disagree-acted-agree' ? 'gapReverse' : 'gap';
}

function createStyle(extensionUri: vscode.Uri, style: Style): vscode.TextEditorDecorationType {
  const { gutter, color } = LOOKS[style];
  const icon = (theme: 'light' | 'dark') => ({
    gutterIconPath: vscode.Uri.joinPath(extensionUri, 'media', `gutter-${gutter}-${theme}.svg`),
  });
  return vscode.window.createTextEditorDecorationType({
    after: { color: new vscode.ThemeColor(color), margin: '0 0 0 3ch', fontStyle: 'italic' },
    gutterIconSize: 'contain',
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    light: icon('light'),
    dark: icon('dark'),
  });
}
