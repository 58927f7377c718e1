/** The rows of the Gaps view: a page of the list, and the way to the next. */
import * as vscode from 'vscode';
import { drawDumbbell } from '../../display/dumbbell';
import { formatEditorNumber } from '../../display/numbers';
import { describeDirection, shortenModelId } from '../../display/sentences';
import type { Gap } from '../gaps/gap';
import type { GapsList } from '../gaps/gapsList';

export type GapRow =
  | { readonly kind: 'gap'; readonly gap: Gap; readonly target?: GapTarget }
  | { readonly kind: 'more'; readonly hidden: number };

interface GapTarget {
  readonly kind: 'item';
  readonly file: vscode.Uri;
  readonly scenario: string;
  readonly value: string;
}

/** A page that is read at a glance is far smaller; a page that is scrolled through should not end too soon. */
export const PAGE = 200;

export class GapsTree implements vscode.TreeDataProvider<GapRow>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private length = PAGE;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly list: GapsList,
  ) {}

  /** The list is another. */
  update(): void {
    this.changed.fire(undefined);
  }

  /** Back to one page: another filter is another list. */
  startOver(): void {
    this.length = PAGE;
    this.changed.fire(undefined);
  }

  showMore(): void {
    this.length += PAGE;
    this.changed.fire(undefined);
  }

  getChildren(row?: GapRow): GapRow[] {
    if (row) return [];
    const { shown } = this.list.current();
    const page = shown.slice(0, this.length);
    void this.list.check(page);
    const rows = page.map(toRow);
    const hidden = shown.length - page.length;
    return hidden > 0 ? [...rows, { kind: 'more', hidden }] : rows;
  }

  getTreeItem(row: GapRow): vscode.TreeItem {
    return row.kind === 'gap' ? this.showGap(row) : showMoreRow(row.hidden);
  }

  dispose(): void {
    this.changed.dispose();
  }

  private showGap(row: Extract<GapRow, { kind: 'gap' }>): vscode.TreeItem {
    const { gap } = row;
    const { value, scenario, model, direction, stated, acted, distance } = gap;
    const stale = this.list.isStale(gap);
    const item = new vscode.TreeItem(value);
    item.id = JSON.stringify([gap.file, scenario, value, model]);
    const number = formatEditorNumber(distance);
    const name = shortenModelId(model);
    // What is the same in every row tells nothing.
    const { models, scenarios } = this.list.current();
    item.description = [
      stale ? vscode.l10n.t('stale') : `${drawDumbbell(stated, acted)} ${number}`,
      ...(models.length > 1 ? [name] : []),
      ...(scenarios > 1 ? [scenario] : []),
    ].join(' · ');
    const said = vscode.l10n.t(describeDirection(direction));
    const state = stale ? vscode.l10n.t('asked about an earlier text: run it again') : '';
    item.tooltip = [
      value,
      `${model}: ${said}`,
      vscode.l10n.t('stated {0}, acted {1}, gap {2}', formatEditorNumber(stated), formatEditorNumber(acted), number),
      gap.type ? `${scenario} · ${vscode.l10n.t(gap.type)}` : scenario,
      ...(state ? [state] : []),
    ].join('\n');
    item.accessibilityInformation = {
      label: [value, vscode.l10n.t('gap {0}', number), `${name} ${said}`, scenario, state].filter(Boolean).join(', '),
    };
    item.iconPath = this.pickIcon(gap, stale);
    item.contextValue = gap.file === '' ? 'gap' : 'gap located';
    item.command = {
      command: 'valueActionLens.inspectGap',
      title: vscode.l10n.t('Inspect Gap'),
      arguments: [row],
    };
    return item;
  }

  private pickIcon({ direction }: Gap, stale: boolean): vscode.TreeItem['iconPath'] {
    const name = stale ? 'stale' : direction === 'stated-disagree-acted-agree' ? 'gap-reverse' : 'gap';
    const picture = (theme: string) => vscode.Uri.joinPath(this.extensionUri, 'media', `gutter-${name}-${theme}.svg`);
    return { light: picture('light'), dark: picture('dark') };
  }
}

function toRow(gap: Gap): GapRow {
  const { file, scenario, value } = gap;
  if (file === '') return { kind: 'gap', gap };
  return { kind: 'gap', gap, target: { kind: 'item', file: vscode.Uri.file(file), scenario, value } };
}

function showMoreRow(hidden: number): vscode.TreeItem {
  const next = Math.min(PAGE, hidden);
  const row = new vscode.TreeItem(vscode.l10n.t('Show {0} more…', next));
  row.id = 'more';
  row.description = vscode.l10n.t('{0} left', hidden.toLocaleString(vscode.env.language));
  row.iconPath = new vscode.ThemeIcon('ellipsis');
  row.command = { command: 'valueActionLens.showMoreGaps', title: vscode.l10n.t('Show More Gaps') };
  return row;
}
