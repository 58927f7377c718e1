/** The structure of a file: scenarios, their items, the actions of each. */
import type { Item, Scenario, TextRange } from '../core/scenario/model';
import type { OpenScenarioFile } from './model';

export interface OutlineEntry {
  readonly name: string;
  readonly detail?: string;
  /** The server maps them to the symbol kinds Module, Object and Boolean. */
  readonly kind: 'scenario' | 'item' | 'action';
  /** Holds the ranges of the children. */
  readonly range: TextRange;
  /** Lies within `range`. */
  readonly nameRange: TextRange;
  readonly children: readonly OutlineEntry[];
}

/** In a file of more items nobody looks for an action by the outline, and its three times as many entries slow editors down. */
const ITEMS_WITH_ACTIONS = 2_000;

/** Top to bottom; without the actions where there are very many. Never throws. */
export function computeOutline({ scenarios }: Pick<OpenScenarioFile, 'scenarios'>): OutlineEntry[] {
  const count = scenarios.reduce((sum, { items }) => sum + items.length, 0);
  return scenarios.map((scenario) => outlineScenario(scenario, count <= ITEMS_WITH_ACTIONS));
}

function outlineScenario(
  { name, country, topic, items, range, nameRange }: Scenario,
  withActions: boolean,
): OutlineEntry {
  const place = `${country} · ${topic}`;
  const children = items.map((item) => outlineItem(item, withActions));
  return {
    name,
    ...(name === place ? {} : { detail: place }),
    kind: 'scenario',
    // An editor drops an entry whose parts do not lie one in the other, which broken text can bring about.
    range: cover(range, [nameRange, ...children.map((child) => child.range)]),
    nameRange,
    children,
  };
}

function outlineItem(item: Item, withActions: boolean): OutlineEntry {
  const polarities = withActions ? (['agree', 'disagree'] as const) : [];
  const children = polarities.flatMap((polarity): OutlineEntry[] => {
    const found = item[polarity];
    if (!found) return [];
    const { action, range } = found;
    return [{ name: polarity, detail: action, kind: 'action', range, nameRange: range, children: [] }];
  });
  const range = cover(item.range, [item.valueRange, ...children.map((child) => child.range)]);
  return { name: item.value, kind: 'item', range, nameRange: item.valueRange, children };
}

function cover(range: TextRange, inner: readonly TextRange[]): TextRange {
  return inner.reduce(
    ({ start, end }, part) => ({ start: Math.min(start, part.start), end: Math.max(end, part.end) }),
    range,
  );
}
