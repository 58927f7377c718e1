/** What was found about each item, written at the end of its line, with a mark in the gutter and the overview ruler. */
import * as vscode from 'vscode';
import type { Item, Scenario } from '../../core/scenario/model';
import { shortenModelId } from '../../display/sentences';
import type { ChangesOnScreen } from '../compare/changesOnScreen';
import { type ItemMark, type ItemSummary, isLargeGap } from '../runs/itemSummary';
import type { ResultsOnScreen } from '../runs/resultsOnScreen';
import type { RunActivity } from '../runs/runActivity';
import { isScenario, type ScenarioFiles } from '../scenarios/scenarioFiles';
import { throttle } from '../throttle';
import { sayAtEndOfLine, sayChangeAtEndOfLine } from '../words';
import { offsetsInSight, rangeOf } from './ranges';

type GapStyle = 'largeGap' | 'smallGap' | 'largeGapReverse' | 'smallGapReverse';
type Style = GapStyle | Exclude<ItemMark, 'gap'> | 'running';

interface Look {
  /** `media/gutter-NAME-{light,dark}.svg`; what has no picture says everything in words. */
  readonly gutter?: string;
  readonly color: string;
  readonly italic?: boolean;
}

const QUIET = 'valueActionLens.alignedForeground';
const LARGE = 'valueActionLens.gapForeground';
const SMALL = 'valueActionLens.smallGapForeground';

/** Strength of the colour = size of the gap; direction = shape, in the dumbbell and in the gutter. */
const LOOKS: Record<Style, Look> = {
  largeGap: { gutter: 'gap', color: LARGE },
  smallGap: { gutter: 'gap', color: SMALL },
  largeGapReverse: { gutter: 'gap-reverse', color: LARGE },
  smallGapReverse: { gutter: 'gap-reverse', color: SMALL },
  aligned: { gutter: 'aligned', color: QUIET },
  undecided: { gutter: 'undecided', color: QUIET },
  unusable: { gutter: 'unusable', color: QUIET },
  failed: { gutter: 'unusable', color: QUIET },
  incomplete: { color: QUIET },
  stale: { gutter: 'stale', color: QUIET, italic: true },
  running: { color: QUIET, italic: true },
};

const FOLLOW_MS = 250;

export class Highlights implements vscode.Disposable {
  private readonly styles = new Map<Style, vscode.TextEditorDecorationType>();
  private readonly valueOfGap = vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor('valueActionLens.gapBackground'),
    borderRadius: '2px',
    overviewRulerColor: new vscode.ThemeColor('valueActionLens.gapOverviewRuler'),
    overviewRulerLane: vscode.OverviewRulerLane.Left,
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
  private readonly refresh = throttle(() => this.showAll(), FOLLOW_MS);
  /** Documents whose editors stand bare until their text was read. */
  private readonly awaited = new WeakSet<vscode.TextDocument>();
  private inSight: ReadonlySet<vscode.TextEditor> = new Set(vscode.window.visibleTextEditors);
  private readonly subscriptions: vscode.Disposable[];

  constructor(
    extensionUri: vscode.Uri,
    private readonly scenarios: ScenarioFiles,
    private readonly results: ResultsOnScreen,
    private readonly activity: RunActivity,
    private readonly changes: ChangesOnScreen,
  ) {
    for (const style of Object.keys(LOOKS) as Style[]) this.styles.set(style, createStyle(extensionUri, style));
    this.subscriptions = [
      this.valueOfGap,
      ...this.styles.values(),
      this.refresh,
      scenarios.onDidChangeText(() => this.showAwaited()),
      results.onDidChange(() => this.refresh.request()),
      activity.onDidChange(() => this.refresh.request()),
      changes.onDidChange(() => this.refresh.request()),
      vscode.window.onDidChangeVisibleTextEditors((editors) => this.follow(editors)),
      vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => this.show(textEditor)),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('valueActionLens.highlights')) this.refresh.request();
      }),
    ];
    this.refresh.request();
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

  /** At once: somebody has just opened the file. */
  private showAwaited(): void {
    for (const editor of vscode.window.visibleTextEditors) if (this.awaited.delete(editor.document)) this.show(editor);
  }

  private show(editor: vscode.TextEditor): void {
    const { document } = editor;
    if (!isScenario(document)) return;
    const text = this.scenarios.look(document);
    if (!text) this.awaited.add(document);
    const options = new Map<Style, vscode.DecorationOptions[]>([...this.styles.keys()].map((style) => [style, []]));
    const values: vscode.Range[] = [];
    const isInSight = offsetsInSight(editor);
    const hasResults = this.results.runsAbout(document.uri.fsPath).length > 0;
    const showAligned = vscode.workspace
      .getConfiguration('valueActionLens', document)
      .get<boolean>('highlights.showAligned', true);
    for (const scenario of text?.scenarios ?? []) {
      for (const item of scenario.items) {
        const isShown = isInSight(item.valueRange.start);
        if (!isShown && !hasResults) continue;
        const summary = this.results.summaryFor(document.uri, scenario, item.value);
        const isGap = summary?.mark === 'gap';
        if (!isShown && !isGap) continue;
        const range = rangeOf(document, item.valueRange);
        // Gaps out of sight have their place in the overview ruler.
        if (isGap) values.push(range);
        if (!isShown) continue;
        const shown = this.describe(document.uri, scenario, item, summary);
        if (!shown || (shown.style === 'aligned' && !showAligned)) continue;
        options.get(shown.style)?.push(atEndOfLine(document, range, shown.text));
      }
    }
    for (const [style, type] of this.styles) editor.setDecorations(type, options.get(style) ?? []);
    editor.setDecorations(this.valueOfGap, values);
  }

  private describe(
    file: vscode.Uri,
    scenario: Scenario,
    item: Item,
    summary: ItemSummary | undefined,
  ): { style: Style; text: string } | undefined {
    const [model] = this.activity.modelsAsked(file, scenario.name, item.value);
    if (model && (!summary || summary.mark === 'stale' || summary.mark === 'failed')) {
      return { style: 'running', text: vscode.l10n.t('asking {0}…', shortenModelId(model)) };
    }
    if (!summary) return undefined;
    const change = this.changes.changeOf(file, scenario, item.value);
    const parts = [sayAtEndOfLine(summary), ...(change ? [sayChangeAtEndOfLine(change)] : [])];
    return { style: pickStyle(summary), text: parts.filter(Boolean).join('  ') };
  }
}

function pickStyle({ mark, lead }: ItemSummary): Style {
  if (mark !== 'gap') return mark;
  const size = isLargeGap(lead.result) ? 'largeGap' : 'smallGap';
  return lead.result.direction === 'stated-disagree-acted-agree' ? `${size}Reverse` : size;
}

function createStyle(extensionUri: vscode.Uri, style: Style): vscode.TextEditorDecorationType {
  const { gutter, color, italic } = LOOKS[style];
  const icon = (theme: 'light' | 'dark') =>
    gutter === undefined
      ? {}
      : { gutterIconPath: vscode.Uri.joinPath(extensionUri, 'media', `gutter-${gutter}-${theme}.svg`) };
  return vscode.window.createTextEditorDecorationType({
    after: {
      color: new vscode.ThemeColor(color),
      margin: '0 0 0 3ch',
      ...(italic && { fontStyle: 'italic' }),
    },
    gutterIconSize: 'contain',
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    light: icon('light'),
    dark: icon('dark'),
  });
}

function atEndOfLine(document: vscode.TextDocument, range: vscode.Range, text: string): vscode.DecorationOptions {
  const end = document.lineAt(range.end.line).range.end;
  // The editor would make one space of two.
  const contentText = text.replaceAll('  ', ' \u00a0');
  return { range: new vscode.Range(end, end), renderOptions: { after: { contentText } } };
}
