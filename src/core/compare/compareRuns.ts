/**
 * Two runs side by side: A, the baseline, and B. Closed, opened and changed items, the difference of the alignment
 * rates with its paired interval, an exact test of the flips, and what changed in the text. Runs of different models
 * compare the same way.
 */
import { type BootstrapOptions, DEFAULT_BOOTSTRAP } from '../metrics/bootstrap';
import type { MissingPolicy } from '../metrics/itemScores';
import { testMcNemar } from '../metrics/mcnemar';
import type { ObservedRun, RunHeader } from '../runs/record';
import { nameSubject } from '../runs/subject';
import { type ChangeKind, type ItemChange, type LoneItem, listItemChanges, listLoneItems } from './itemChanges';
import { matchItems } from './matchItems';
import { compareRates, type RateDifferences } from './rateDifferences';
import { type TabulatedRun, tabulateRun } from './tabulatedRun';
import { listSettingChanges, listTextChanges, type SettingChange, type TextChange } from './textChanges';

export interface ComparedRun {
  readonly id: string;
  readonly model: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly repeats: number;
}

export interface RunComparison {
  readonly a: ComparedRun;
  readonly b: ComparedRun;
  readonly missing: MissingPolicy;
  /** How many matched items became what; together all matched items. */
  readonly counts: Readonly<Record<ChangeKind, number>>;
  /**
   * Exact McNemar test of closed against opened: how likely are counts at least as uneven if both were equally likely.
   * 0…1; 1 where nothing flipped.
   */
  readonly flipTest: { readonly closed: number; readonly opened: number; readonly p: number };
  readonly alignmentRate: RateDifferences;
  /** Every matched item: flips first, opened before closed, then the largest move. */
  readonly items: readonly ItemChange[];
  readonly onlyInA: readonly LoneItem[];
  readonly onlyInB: readonly LoneItem[];
  readonly texts: readonly TextChange[];
  readonly settings: readonly SettingChange[];
}

export interface CompareOptions {
  /** Default `exclude`. */
  readonly missing?: MissingPolicy;
  /** Default 1000 resamples, seed 1; `resamples: 0` leaves intervals out, and `withinNoise` is null then. */
  readonly bootstrap?: BootstrapOptions;
  /** Leave the intervals of single scenarios out: they cost most. */
  readonly groupIntervalsOnly?: boolean;
}

export function compareRuns(a: ObservedRun, b: ObservedRun, options: CompareOptions = {}): RunComparison {
  return compareTabulated(tabulateRun(a), tabulateRun(b), options);
}

/** The same for runs that were laid out before: the costly half of a comparison without intervals. */
export function compareTabulated(a: TabulatedRun, b: TabulatedRun, options: CompareOptions = {}): RunComparison {
  const { missing = 'exclude', bootstrap = DEFAULT_BOOTSTRAP, groupIntervalsOnly = false } = options;
  const matched = matchItems(a, b);
  const items = listItemChanges(a, b, matched, missing);
  const counts = countKinds(items);
  const { closed, opened } = counts;
  return {
    a: describeRun(a.header),
    b: describeRun(b.header),
    missing,
    counts,
    flipTest: { closed, opened, p: testMcNemar(opened, closed) },
    alignmentRate: compareRates(a, b, matched, { missing, bootstrap, groupIntervalsOnly }),
    items,
    onlyInA: listLoneItems(a, matched.onlyInA, missing),
    onlyInB: listLoneItems(b, matched.onlyInB, missing),
    texts: listTextChanges(a, b, matched.pairs),
    settings: listSettingChanges(a.header, b.header),
  };
}

function countKinds(items: readonly ItemChange[]): Record<ChangeKind, number> {
  const counts = { opened: 0, closed: 0, lost: 0, gained: 0, changed: 0, same: 0 };
  for (const { kind } of items) counts[kind]++;
  return counts;
}

function describeRun(header: RunHeader): ComparedRun {
  const { id, startedAt, repeats } = header;
  return { id, model: nameSubject(header), startedAt, repeats };
}
