/** Choosing what the Gaps view shows: one list with checkmarks, in groups. Nothing ticked in a group: all of it. */
import * as vscode from 'vscode';
import type { GapDirection } from '../../core/metrics/results';
import { MOTIVATIONAL_TYPES } from '../../core/values';
import { formatEditorNumber } from '../../display/numbers';
import { describeDirection, shortenModelId } from '../../display/sentences';
import { type GapFilter, type GapType, OWN_VALUES, THRESHOLDS } from './gapFilter';

type Choice =
  | { readonly group: 'model'; readonly model: string }
  | { readonly group: 'direction'; readonly direction: GapDirection }
  | { readonly group: 'type'; readonly type: GapType }
  | { readonly group: 'threshold'; readonly threshold: number }
  | { readonly group: 'new' };

interface Row extends vscode.QuickPickItem {
  readonly choice?: Choice;
}

export interface FilterOptions {
  /** Model ids that can be chosen. */
  readonly models: readonly string[];
  /** There is a run to compare with. */
  readonly hasBaseline: boolean;
}

const DIRECTIONS: readonly GapDirection[] = ['stated-agree-acted-disagree', 'stated-disagree-acted-agree'];

/** Undefined where the user leaves without an answer. */
export function pickFilter(filter: GapFilter, options: FilterOptions): Promise<GapFilter | undefined> {
  const rows = listRows(filter, options);
  const pick = vscode.window.createQuickPick<Row>();
  pick.title = vscode.l10n.t('Filter Gaps');
  pick.placeholder = vscode.l10n.t('Tick what to show; nothing ticked in a group shows all of it');
  pick.canSelectMany = true;
  pick.items = rows;
  pick.selectedItems = rows.filter(({ choice }) => choice && isChosen(choice, filter));
  let threshold = filter.threshold;
  return new Promise((resolve) => {
    pick.onDidChangeSelection((selected) => {
      const thresholds = selected.flatMap(({ choice }) => (choice?.group === 'threshold' ? [choice.threshold] : []));
      const isNewlyTicked = thresholds.find((one) => one !== threshold);
      threshold = isNewlyTicked ?? thresholds[0] ?? 0;
      // Of the distances only one can hold.
      if (thresholds.length > 1) {
        pick.selectedItems = selected.filter(
          ({ choice }) => choice?.group !== 'threshold' || choice.threshold === threshold,
        );
      }
    });
    pick.onDidAccept(() => {
      resolve(readFilter(pick.selectedItems, filter));
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

function listRows(filter: GapFilter, { models, hasBaseline }: FilterOptions): Row[] {
  // A model that has no gap any more can still be unticked.
  const offered = [...new Set([...models, ...filter.models])];
  return [
    ...(hasBaseline
      ? [
          heading(vscode.l10n.t('Baseline')),
          row(vscode.l10n.t('Only new since the baseline'), { group: 'new' } satisfies Choice),
        ]
      : []),
    heading(vscode.l10n.t('Model')),
    ...offered.map((model) => row(shortenModelId(model), { group: 'model', model }, model)),
    heading(vscode.l10n.t('Direction')),
    ...DIRECTIONS.map((direction) =>
      row(vscode.l10n.t(describeDirection(direction)), { group: 'direction', direction }),
    ),
    heading(vscode.l10n.t('Distance')),
    ...THRESHOLDS.map((threshold) => row(sayThreshold(threshold), { group: 'threshold', threshold })),
    heading(vscode.l10n.t('Motivational type')),
    ...MOTIVATIONAL_TYPES.map((type) => row(vscode.l10n.t(type), { group: 'type', type })),
    row(vscode.l10n.t('Values of your own'), { group: 'type', type: OWN_VALUES }),
  ];
}

function heading(label: string): Row {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

function row(label: string, choice: Choice, description?: string): Row {
  return { label, choice, ...(description !== undefined && description !== label && { description }) };
}

function isChosen(choice: Choice, filter: GapFilter): boolean {
  switch (choice.group) {
    case 'model':
      return filter.models.includes(choice.model);
    case 'direction':
      return filter.directions.includes(choice.direction);
    case 'type':
      return filter.types.includes(choice.type);
    case 'threshold':
      return filter.threshold === choice.threshold;
    case 'new':
      return filter.onlyNew;
  }
}

function readFilter(selected: readonly Row[], { text }: GapFilter): GapFilter {
  const choices = selected.flatMap(({ choice }) => (choice ? [choice] : []));
  return {
    models: choices.flatMap((one) => (one.group === 'model' ? [one.model] : [])),
    directions: choices.flatMap((one) => (one.group === 'direction' ? [one.direction] : [])),
    types: choices.flatMap((one) => (one.group === 'type' ? [one.type] : [])),
    threshold: Math.max(0, ...choices.map((one) => (one.group === 'threshold' ? one.threshold : 0))),
    onlyNew: choices.some(({ group }) => group === 'new'),
    text,
  };
}

/** "gpt-4o-mini, says agree, acts disagree, 0.50 or more"; empty where nothing is filtered but by words. */
export function sayFilter({ models, directions, types, threshold, onlyNew }: GapFilter): string {
  return [
    ...(onlyNew ? [vscode.l10n.t('new since the baseline')] : []),
    ...models.map(shortenModelId),
    ...directions.map((direction) => vscode.l10n.t(describeDirection(direction))),
    ...(threshold > 0 ? [sayThreshold(threshold)] : []),
    ...types.map((type) => (type === OWN_VALUES ? vscode.l10n.t('values of your own') : vscode.l10n.t(type))),
  ].join(' · ');
}

function sayThreshold(threshold: number): string {
  return vscode.l10n.t('{0} or more', formatEditorNumber(threshold));
}
